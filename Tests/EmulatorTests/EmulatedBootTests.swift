import BootLog
import Diagnostics
import Emulator
import Subprocess
import Synchronization
import SystemPackage
import Testing

/// The output of another program.
func output(of program: String, _ arguments: [String]) async throws -> String {
  try await Subprocess.run(
    .path(FilePath(program)), arguments: Arguments(arguments), output: .string(limit: 1 << 22)
  ).standardOutput
}

@Suite struct EmulatedBootTests {
  /// Answers as a shell does: it echoes what is typed and evaluates it.
  static let shell = """
    while read line; do printf '%s\\r\\n' "$line"; eval "$line"; done
    """

  @Test func reachesThePromptOfAShellThatAnswers() async throws {
    let seen = Mutex<[Milestone]>([])
    let result = try await FakeQEMU(script: FakeQEMU.banners + "\n" + Self.shell).boot().run {
      reached in seen.withLock { $0.append(reached.milestone) }
    }
    #expect(result.ending == .reached)
    #expect(result.milestones.map(\.milestone) == Milestone.allCases)
    #expect(seen.withLock { $0 } == Milestone.allCases)
    #expect(result.milestones.map(\.time) == result.milestones.map(\.time).sorted())
    #expect(result.missing == nil)
    #expect(result.diagnostic == nil)
  }

  @Test func asksAgainWhenTheFirstKeysAreLost() async throws {
    let result = try await FakeQEMU(
      script: FakeQEMU.banners + "\nread lost\n" + Self.shell
    ).boot().run()
    #expect(result.ending == .reached)
    #expect(result.milestones.last?.time ?? .zero > .seconds(2))
  }

  @Test func aBannerWithoutAnAnswerIsNoPrompt() async throws {
    let result = try await FakeQEMU(
      script: FakeQEMU.banners + "\nprintf 'BusyBox\\r\\n/ # '; cat"
    ).boot(timeout: .seconds(4)).run()
    #expect(result.ending == .timedOut(after: .seconds(4)))
    #expect(result.missing == .prompt)
    #expect(result.lastLines.contains("BusyBox"))
  }

  @Test func endsQEMUAtTheMilestoneThatWasWaitedFor() async throws {
    let result = try await FakeQEMU(script: FakeQEMU.banners + "\n" + FakeQEMU.wait)
      .boot(until: .xen).run()
    #expect(result.ending == .reached)
    #expect(result.milestones.last?.milestone == .xen)
  }

  @Test func aSilentMachineNamesTheFirstMilestone() async throws {
    let result = try await FakeQEMU(script: FakeQEMU.wait).boot(timeout: .seconds(1)).run()
    #expect(result.missing == .spl)
    #expect(result.diagnostic?.message == "the boot did not reach SPL within 1.0 seconds")
    #expect(result.diagnostic?.help?.contains("silent") == true)
  }

  @Test func aRefusalTellsWhatQEMUSays() async throws {
    let script = """
      echo 'qemu-system-arm: Invalid SD card size: 3 MiB' >&2
      echo 'SD card size has to be a power of 2, e.g. 4 MiB.' >&2
      exit 1
      """
    let error = await #expect(throws: EmulatorError.self) {
      try await FakeQEMU(script: script).boot().run()
    }
    guard case .refused(_, let status, let messages) = error else {
      Issue.record("not a refusal: \(String(describing: error))")
      return
    }
    #expect(status == .exited(1))
    let words = EmulatorError.refused(
      executable: "/usr/bin/qemu-system-arm", status: status, messages: messages
    ).diagnostic
    #expect(
      words.message == "/usr/bin/qemu-system-arm refused to start: Invalid SD card size: 3 MiB")
    #expect(words.help == "give the image a size that is a power of two")
  }

  @Test func aMachineThatStopsOnItsWayIsAResult() async throws {
    let result = try await FakeQEMU(script: "echo 'U-Boot SPL 2023.01'; exit 3").boot().run()
    #expect(result.ending == .machineStopped(.exited(3)))
    #expect(result.missing == .uBoot)
    #expect(result.diagnostic?.message == "the machine stopped (exit status 3) before U-Boot")
  }

  @Test func aMissingQEMUIsNamedWithItsPackage() async throws {
    let command = QEMUCommand(executable: "qemu-system-nothing", arguments: [])
    let error = await #expect(throws: EmulatorError.executableNotFound("qemu-system-nothing")) {
      try await EmulatedBoot(command, until: .xen, expected: [], timeout: nil).run()
    }
    #expect(error?.diagnostic.help?.contains("apt-get install qemu-system-arm") == true)
  }

  @Test func aQEMUThatIgnoresTerminationIsKilled() async throws {
    let mark = "ctboot-test-stubborn-\(UInt64.random(in: .min ... .max))"
    let result = try await FakeQEMU(script: ": \(mark); trap '' TERM; \(FakeQEMU.wait)")
      .boot(timeout: .seconds(1)).run()
    #expect(result.ending == .timedOut(after: .seconds(1)))
    #expect(try await !processExists(mark))
  }

  @Test func cancellationEndsQEMU() async throws {
    let mark = "ctboot-test-cancelled-\(UInt64.random(in: .min ... .max))"
    let task = Task {
      try await FakeQEMU(script: ": \(mark); \(FakeQEMU.wait)").boot().run()
    }
    while try await !processExists(mark) { try await Task.sleep(for: .milliseconds(50)) }
    task.cancel()
    await #expect(throws: EmulatorError.cancelled) { try await task.value }
    #expect(try await !processExists(mark))
  }

  @Test func theLogHoldsEveryByte() async throws {
    let path = "/tmp/ctboot-test-\(UInt64.random(in: .min ... .max)).log"
    let result = try await FakeQEMU(script: "printf 'one\\r\\n\\001\\377two'; exit 0")
      .boot(log: path).run()
    let log = try await output(of: "/usr/bin/od", ["-An", "-c", path])
    _ = try await output(of: "/bin/rm", [path])
    #expect(result.ending == .machineStopped(.exited(0)))
    #expect(log.split(whereSeparator: \.isWhitespace).joined() == #"one\r\n001377two"#)
  }

  @Test func aLogThatCannotBeWrittenIsAnError() async throws {
    await #expect(throws: EmulatorError.file("/nowhere/x.log", .noSuchFileOrDirectory)) {
      try await FakeQEMU(script: FakeQEMU.wait).boot(log: "/nowhere/x.log").run()
    }
  }
}
