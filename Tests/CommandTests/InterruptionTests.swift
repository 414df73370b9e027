import BuiltProgram
import Foundation
import Testing

/// Ctrl-C leaves neither processes nor unfinished files behind.
@Suite struct InterruptionTests {
  /// From its first moment to its last steps.
  @Test(arguments: [0, 150, 400, 800])
  func ofABuild(milliseconds: Int) async throws {
    let project = try TestProject()
    _ = try await GoodBuild.shared()
    let outcome = try await Ctboot.run(["build", "--offline"], in: project.folder) { process in
      try await Self.listens(process)
      try await Task.sleep(for: .milliseconds(milliseconds))
      kill(process, SIGINT)
    }
    // One that was finished before the signal came is a good build.
    let files =
      FileManager.default.fileExists(atPath: project["build"].path)
      ? try project.files() : []
    if outcome.status == 0 {
      #expect(files.contains("manifest.json"))
    } else {
      #expect(outcome.status == 130)
      #expect(outcome.errors == "error: interrupted\n")
      #expect(files == [] || files == [".lock"])
    }
    #expect(milliseconds > 0 || outcome.status == 130)
    #expect(!files.contains { $0.hasSuffix(".part") })
    #expect(try project.processesLeft() == [])
  }

  @Test func ofABuildKeepsTheEarlierOne() async throws {
    let project = try await TestProject.built("dom0: { arguments: quiet }\n")
    let outcome = try await Ctboot.run(["build", "--offline"], in: project.folder) { process in
      try await Self.listens(process)
      kill(process, SIGTERM)
    }
    #expect(outcome.status == 130)
    try await project.expectEarlierBuildUntouched()
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func ofAnEmulatedBoot(signal: Int32) async throws {
    let project = try TestProject()
    let outcome = try await Ctboot.run(
      ["emulate", "--machine", "virt", "--log", "serial.log"], in: project.folder
    ) { process in
      try await Self.wait("the machine has started") {
        (try? project.text(of: "serial.log"))?.contains("U-Boot") == true
      }
      #expect(try project.processesLeft().contains { $0.hasPrefix("qemu-system-arm") })
      kill(process, signal)
    }
    #expect(outcome.status == 130)
    #expect(outcome.errors.hasSuffix("error: interrupted\n"), "\(outcome.errors)")
    #expect(try project.processesLeft() == [])
    #expect(try !project.files().contains { $0.hasSuffix(".part") })
  }

  /// Waits until the process takes signals its own way; before that they end it as any other.
  private static func listens(_ process: pid_t) async throws {
    try await wait("the program listens to signals") {
      let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
      let line = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }
      let mask = line.flatMap { UInt64($0.dropFirst(7).drop { $0 == "\t" }, radix: 16) } ?? 0
      return [SIGINT, SIGTERM, SIGHUP].allSatisfy { mask & 1 << ($0 - 1) != 0 }
    }
  }

  private static func wait(_ what: String, until condition: () throws -> Bool) async throws {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(120)
    while try !condition() {
      try #require(clock.now < end, "it never came that \(what)")
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}
