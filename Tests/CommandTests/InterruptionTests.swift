import BuiltProgram
import Foundation
import Testing

/// Ctrl-C leaves neither processes nor unfinished files behind.
@Suite struct InterruptionTests {
  /// At any moment: what is there is a whole build or none.
  @Test(arguments: [0, 100, 200, 400, 800, 1600])
  func ofABuild(milliseconds: Int) async throws {
    let project = try TestProject()
    _ = try await GoodBuild.shared()
    let outcome = try await Ctboot.run(["build", "--offline"], in: project.folder) { process in
      try await Self.listens(process)
      try await Task.sleep(for: .milliseconds(milliseconds))
      kill(process, SIGINT)
    }
    let isThere = FileManager.default.fileExists(atPath: project["build"].path)
    let files = isThere ? try project.files() : []
    if outcome.status == 0 {
      #expect(files.contains("manifest.json"))
    } else {
      #expect(outcome.status == 130)
      #expect(outcome.errors == "error: interrupted\n")
      #expect(files == [] || files == [".lock"])
    }
    #expect(!files.contains { $0.hasSuffix(".part") })
    #expect(try project.processesLeft() == [])
  }

  /// apt is under way, and would be for a minute.
  @Test func ofABuildThatFetches() async throws {
    let project = try await TestProject.built("dom0: { arguments: quiet }\n")
    let path = try BadSurroundingsTests.pathWithoutQEMU(project)
    try FileManager.default.removeItem(at: project["programs/apt-get"])
    try project.write(
      """
      #!/bin/sh
      echo $$ >'\(project["number"].path)'
      exec /bin/sleep 60

      """, as: "programs/apt-get")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: project["programs/apt-get"].path)
    let outcome = try await Ctboot.run(
      ["build"], in: project.folder,
      environment: ["PATH": path, "XDG_CACHE_HOME": project["cache"].path]
    ) { process in
      try await Self.wait("apt is under way") {
        (try? project.text(of: "number"))?.hasSuffix("\n") == true
      }
      kill(process, SIGINT)
    }
    #expect(outcome.status == 130)
    #expect(outcome.errors == "error: interrupted\n")
    let number = try #require(
      pid_t(try project.text(of: "number").trimmingCharacters(in: .newlines)))
    #expect(kill(number, 0) != 0, "apt still runs")
    try await project.expectEarlierBuildUntouched()
  }

  /// Two builds into one folder: the second says that it waits, and can be ended.
  @Test func ofABuildThatWaitsForAnother() async throws {
    let project = try await TestProject.built("dom0: { arguments: quiet }\n")
    let lock = open(project["build/.lock"].path, O_RDONLY | O_CLOEXEC)
    defer { close(lock) }
    try #require(flock(lock, LOCK_EX | LOCK_NB) == 0)
    let outcome = try await Ctboot.run(
      ["build", "--offline"], in: project.folder,
      behind: ["sh", "-c", #"exec "$@" 2>errors"#, "sh"]
    ) { process in
      try await Self.wait("the build waits") {
        (try? project.text(of: "errors"))?.hasSuffix("\n") == true
      }
      kill(process, SIGTERM)
    }
    #expect(outcome.status == 130)
    #expect(
      try project.text(of: "errors") == """
        warning: waiting for another build that writes into build
        error: interrupted

        """)
    try await project.expectEarlierBuildUntouched()
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func ofAnEmulatedBoot(signal: Int32) async throws {
    let project = try TestProject()
    // A dom0 that never says that it is up: the boot cannot be over before the signal comes.
    try project.write(
      "#!/bin/busybox sh\nwhile :; do /bin/busybox sleep 60; done\n", as: "Templates/init.sh")
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
