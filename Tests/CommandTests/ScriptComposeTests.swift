import BuiltProgram
import Foundation
import Testing

/// `ctboot script compose` as people call it.
@Suite struct ScriptComposeTests {
  private static func output(_ project: TestProject, _ arguments: String...) async throws -> String
  {
    let outcome = try await Ctboot.run(
      ["script", "compose"] + arguments, in: project.folder)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return outcome.output
  }

  /// What is printed is what a build writes; nothing else is written.
  @Test func theProjectsOwnScript() async throws {
    let good = try await GoodBuild.shared()
    let project = try TestProject()
    #expect(
      try await Self.output(project) == good.project.text(of: "build/boot/boot.cmd"))
    #expect(try await Self.output(project, "--board", "cubietruck") == Self.output(project))
    #expect(try project.files(in: ".") == ["ctboot.yaml"])
  }

  @Test func theOtherTexts() async throws {
    _ = try await GoodBuild.shared()
    let project = try TestProject()
    #expect(try await Self.output(project, "--fel").hasPrefix("#=uEnv\n# Starts Cubietech"))
    #expect(
      try await Self.output(project, "--flow", "linux", "--extlinux").hasSuffix(
        "\n  append console=ttyS0,115200\n"))
    let network = try await Self.output(project, "--tftp", "10.0.0.1", "--ip", "10.0.0.2")
    #expect(network.contains("\nsetenv serverip 10.0.0.1\nsetenv ipaddr 10.0.0.2\n"))
    #expect(network.contains("  if tftpboot 0x44000000 kernel; then\n"))
    let both = try await Self.output(project, "--fel", "--tftp", "10.0.0.1", "--ip", "10.0.0.2")
    #expect(
      both.hasPrefix("#=uEnv\n") && both.contains("\n  if tftpboot 0x44000000 kernel; then\\\n"))
  }

  @Test(
    arguments: [
      (["--tftp", "10.0.0.1"], "--tftp and --ip need each other."),
      (["--tftp", "10.0.0.1", "--ip", "host"], "--tftp and --ip take addresses"),
      (["--tftp", "10.0.0", "--ip", "10.0.0.1"], "--tftp and --ip take addresses"),
      (["--extlinux", "--fel"], "--extlinux goes with neither"),
      (["-p", "x", "--board", "y"], "-p and --board exclude each other."),
      (["--flow", "windows"], "windows"),
    ])
  func wrongUsage(arguments: [String], words: String) async throws {
    let project = try TestProject()
    let outcome = try await Ctboot.run(["script", "compose"] + arguments, in: project.folder)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test func whatAFlowDoesNotHave() async throws {
    let cases: [([String], String)] = [
      (["--extlinux"], "error: extlinux.conf cannot start this flow"),
      (["--flow", "dom0less"], "error: the flow `dom0less` has nothing to start"),
      (["--flow", "legacy"], "never reads uEnv.txt, by which the flow `legacy` starts"),
    ]
    _ = try await GoodBuild.shared()
    let project = try TestProject()
    for (arguments, words) in cases {
      let outcome = try await Ctboot.run(["script", "compose"] + arguments, in: project.folder)
      #expect(outcome.status == 2 && outcome.output == "")
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }
  }

  /// The flow is not emulated, and says so.
  @Test func theUBootOf2013IsNotEmulated() async throws {
    let project = try TestProject("board: cubietruck\nflow: legacy\n")
    let outcome = try await project.run("emulate")
    #expect(outcome.status == 2)
    #expect(outcome.errors.hasPrefix("error: the flow `legacy` cannot be emulated: "))
  }
}
