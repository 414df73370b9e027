import BuiltProgram
import Foundation
import OutsideTools
import Testing

/// Real boots in QEMU through the program, one at a time.
@Suite(.serialized) struct EmulatedBootTests {
  private struct Record: Decodable, Equatable {
    struct Reached: Decodable, Equatable {
      let id: String
      let seconds: Double
    }
    let board: String
    let booted: String
    let sister: Bool
    let until: String
    let reached: Bool
    let milestones: [Reached]
    let missing: String?
    let lastLines: [String]
  }

  private func record(_ outcome: Ctboot.Outcome) throws -> Record {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Record.self, from: Data(outcome.output.utf8))
  }

  /// The log holds what was typed, and below it a line with nothing but its answer.
  private func expectAnswer(in log: String) throws {
    let lines = log.split(whereSeparator: \.isNewline)
    let sums = log.matches(of: /echo \$\(\((\d+)\*(\d+)\)\)/).compactMap { match in
      Int(match.output.1).flatMap { left in Int(match.output.2).map { left * $0 } }
    }
    #expect(sums.contains { lines.contains(Substring(String($0))) }, "no answer in the log")
  }

  @Test func toThePromptOnVirt() async throws {
    let project = try TestProject("board: qemu-virt\n")
    let outcome = try await project.run(
      "emulate", "--machine", "virt", "--json", "--log", "serial.log", "--timeout", "900")
    try #require(outcome.status == 0, "\(outcome.errors)")
    let record = try record(outcome)
    #expect(record.board == "qemu-virt" && record.booted == "qemu-virt" && !record.sister)
    #expect(record.reached && record.missing == nil)
    #expect(
      record.milestones.map(\.id) == [
        "u-boot", "script", "xen", "kernel", "userspace", "prompt",
      ])
    let times = record.milestones.map(\.seconds)
    #expect(times == times.sorted())
    let log = try project.text(of: "serial.log")
    #expect(log.contains("ctboot: dom0 is up: Linux 6.1"))
    #expect(log.contains("on xen 4.17"))
    try expectAnswer(in: log)
    #expect(try project.processesLeft() == [])
  }

  @Test func theCubietrucksSisterToThePrompt() async throws {
    let project = try TestProject("board: cubietruck\ndom0: { arguments: ctboot.test=1 }\n")
    let outcome = try await project.run("emulate", "--log", "serial.log", "--timeout", "1200")
    try #require(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.errors.hasPrefix(
        "orangepi-pc boots in QEMU in place of cubietruck, which it is not\n"))
    let titles = outcome.output.split(separator: "\n").map {
      String($0.split(separator: " s  ", maxSplits: 1).last ?? "")
    }
    #expect(
      titles == [
        "SPL", "U-Boot", "boot script", "Xen", "kernel", "userspace", "prompt",
      ])
    let log = try project.text(of: "serial.log")
    // The project's own command line, through Xen, in the kernel of the sister.
    #expect(log.contains("Kernel command line: console=hvc0 clk_ignore_unused ctboot.test=1"))
    try expectAnswer(in: log)
  }

  @Test func aScriptThatLoadsAFileThatIsNotThere() async throws {
    let project = try TestProject("board: qemu-virt\n")
    let shipped = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Templates/xen.cmd").standardized
    let script = try String(contentsOf: shipped, encoding: .utf8)
    try project.write(
      script.replacing("{{{address}}} {{{file}}}; then", with: "{{{address}}} no-{{{file}}}; then"),
      as: "Templates/xen.cmd")
    // The boot is over when the script gives up: U-Boot would go on to what else it could start.
    let outcome = try await project.run("emulate", "--log", "serial.log", "--timeout", "600")
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains(
        "error: the boot script gave up: xen (Xen) could not be loaded\n"
          + "  note: the last milestone was boot script\n"),
      "\(outcome.errors)")
    let log = try project.text(of: "serial.log")
    #expect(log.contains("ctboot: STOPPED: xen (Xen) could not be loaded"))
  }

  /// The card as it is written is what is booted: without a file on it the boot stops.
  @Test func aCardThatLostAFile() async throws {
    let project = try TestProject("board: qemu-virt\n")
    let printed = try await project.run("emulate", "--print-command")
    try #require(printed.status == 0, "\(printed.errors)")
    #expect(printed.output.hasPrefix("qemu-system-arm -M virt,"))
    let image = "build/emulate/qemu-virt/qemu-virt.img"
    let lost = try OutsideTool.run(
      "mdel", ["-i", "\(image)@@1M", "::kernel"], in: project.folder)
    try #require(lost.status == 0, "\(lost.output)")
    let command = printed.output.trimmingCharacters(in: .newlines)
    let boot = try OutsideTool.run(
      "sh",
      [
        "-c",
        """
        \(command) >out 2>&1 </dev/null & machine=$!
        tries=0
        until grep -q STOPPED out || [ $tries = 1500 ]; do sleep 0.2; tries=$((tries + 1)); done
        kill -KILL $machine
        cat out
        """,
      ], in: project.folder)
    #expect(boot.output.contains("ctboot: STOPPED: kernel (dom0 kernel) could not be loaded"))
  }

  @Test func stopsAtTheMilestoneAskedFor() async throws {
    let project = try TestProject()
    let outcome = try await project.run(
      "emulate", "--machine", "virt", "--until", "u-boot", "--json")
    #expect(outcome.status == 0)
    #expect(!outcome.errors.contains("error"), "\(outcome.errors)")
    let record = try record(outcome)
    #expect(record.milestones.map(\.id) == ["u-boot"])
    #expect(record.reached && record.missing == nil && record.until == "u-boot")
    let text = try await project.run("emulate", "--machine", "virt", "--until", "u-boot")
    #expect(text.status == 0)
    #expect(!text.errors.contains("error"), "\(text.errors)")
  }

  @Test func namesWhatDidNotComeInTime() async throws {
    let project = try TestProject()
    let outcome = try await project.run(
      "emulate", "--machine", "virt", "--timeout", "1", "--json", "-o", "out")
    #expect(outcome.status == 1)
    let record = try record(outcome)
    #expect(!record.reached)
    #expect(record.missing == (record.milestones.isEmpty ? "u-boot" : "script"))
    #expect(try project.processesLeft() == [])
  }
}
