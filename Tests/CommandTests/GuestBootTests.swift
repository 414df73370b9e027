import BuiltProgram
import Foundation
import OutsideTools
import Testing

/// Trees that `ctboot tree compose` made, booted by Debian's Xen in QEMU as the page about guests
/// says it.
@Suite(.serialized) struct GuestBootTests {
  /// A project with the page's files in it, and its card made.
  private static func project(with names: Set<String>) async throws -> TestProject {
    let page = try GuestPage()
    let project = try TestProject("")
    for (name, text) in page.files where names.contains(name) {
      try project.write(text, as: name)
    }
    return project
  }

  /// Runs the page's steps up to the one that starts QEMU.
  private static func runSteps(
    of page: GuestPage, in project: TestProject, from first: Int = 0
  ) throws {
    for step in page.steps[first...].prefix(while: { $0.command != GuestPage.boot }) {
      let result = try TranscriptTests.shell(step.command, in: project.folder)
      try #require(result.status == 0, "`\(step.command)` said:\n\(result.output)")
      #expect(result.output.split(separator: "\n").map(String.init) == step.expected)
    }
  }

  private static func watch(_ project: TestProject) throws -> SerialWatch {
    SerialWatch(command: try project.text(of: "boot.sh"), folder: project.folder)
  }

  @Test func twoGuestsAsThePageSays() async throws {
    // What is fetched and kept once serves all tests.
    _ = try await GoodBuild.shared()
    let page = try GuestPage()
    let project = try await Self.project(with: Set(page.files.keys))
    try Self.runSteps(of: page, in: project)
    let boot = try #require(page.steps.first { $0.command == GuestPage.boot })
    let wanted = boot.expected.filter { $0 != "…" }
    #expect(wanted.count == 2)
    #expect(wanted.contains("(XEN) DOM1: guest alice is up"))
    #expect(wanted.contains("(XEN) DOM2: guest bob is up"))
    let log = try await Self.watch(project).log(until: wanted)
    let lines = Set(log.split(separator: "\n").map(String.init))
    for line in wanted {
      #expect(lines.contains(line), "\(line) is not in the last lines:\n\(log.suffix(2000))")
    }
    // Each kernel got its own command line, and there is no dom0.
    #expect(log.contains(/DOM1: .*Kernel command line: console=ttyAMA0 guest=alice/))
    #expect(log.contains(/DOM2: .*Kernel command line: console=ttyAMA0 guest=bob/))
    #expect(log.contains("(XEN) Xen version 4.17"))
    #expect(!log.contains("LOADING DOMAIN 0"))
    // What Debian's Xen cannot boot is composed, and passes the linter.
    let composed = try await project.run(
      "tree", "compose", "base.dtb", "-o", "static.dtb", "--xen", "4.17", "--domains",
      "static.yaml")
    #expect(composed.status == 0 && composed.errors == "", "\(composed.errors)")
  }

  /// The same card and script, with a dom0 to whose shell we speak, and a guest beside it.
  @Test func dom0AndAGuest() async throws {
    _ = try await GoodBuild.shared()
    let page = try GuestPage()
    let project = try await Self.project(with: ["ctboot.yaml", "Templates/xen.cmd"])
    let boot = "build/emulate/qemu-virt/boot"
    try project.write(
      """
      - kernel: { file: \(boot)/kernel, address: 0x4800_0000 }
        initrd: { file: \(boot)/initrd, address: 0x4a00_0000 }
        memory: 128MiB
        console: true
        arguments: console=ttyAMA0 guest=beside

      """, as: "guests.yaml")
    let lines = page.steps.map(\.command).map { line in
      guard line.hasPrefix("ctboot tree compose") else { return line }
      return line.replacing(
        "--xen 4.17",
        with: "--xen 4.17 --kernel \(boot)/kernel@0x44000000 --ramdisk \(boot)/initrd@0x46000000")
    }
    for line in lines.prefix(while: { $0 != GuestPage.boot }) {
      let result = try TranscriptTests.shell(line, in: project.folder)
      try #require(result.status == 0, "`\(line)` said:\n\(result.output)")
    }
    let log = try await Self.watch(project).log(
      until: ["ctboot: dom0 is up", "guest=beside", "DOM1: ctboot: ", "\n5535"],
      asking: .init(after: "\n/root # ", keys: "echo $((123*45))\n"))
    #expect(log.contains(/\nctboot: dom0 is up: Linux .* on xen 4\.17/), "\(log.suffix(2000))")
    #expect(log.contains("\n5535"), "the shell gave no answer:\n\(log.suffix(2000))")
    #expect(log.contains(/DOM1: .*Kernel command line: console=ttyAMA0 guest=beside/))
    #expect(log.contains("(XEN) DOM1: ctboot: "), "the guest's init said nothing")
  }

  /// The page and the help know the keys that the program knows.
  @Test func everyKey() async throws {
    let folder = try TestProject("")
    try folder.write(
      "- { kernel: { file: k, address: 0x1000 }, memory: 1MiB, no-key: 1 }\n", as: "g.yaml")
    try folder.write("/dts-v1/;\n/ { compatible = \"example,demo\"; };\n", as: "base.dts")
    let outcome = try await folder.run(
      "tree", "compose", "base.dts", "-o", "x.dtb", "--xen", "4.17", "--domains", "g.yaml")
    let known = try #require(outcome.errors.firstMatch(of: /known keys: (.*)/)).output.1
    let keys = known.split(separator: ", ").map(String.init)
    #expect(Set(try GuestPage().keys) == Set(keys))
    let help = try await folder.run("tree", "compose", "--help")
    for key in keys { #expect(help.output.contains(" \(key):"), "\(key) is not in the help") }
  }
}

/// Docs/guests.md, whose files and steps are what is tested.
struct GuestPage {
  /// The step after which the serial line is watched.
  static let boot = "sh boot.sh"

  /// By name: what stands in the block behind "`NAME`:".
  let files: [String: String]
  let steps: [TranscriptTests.Step]
  /// The first column of the table of keys, without those inside of others.
  let keys: [String]

  init() throws {
    let text = try String(
      contentsOf: TranscriptTests.root.appending(path: "Docs/guests.md"), encoding: .utf8)
    let blocks = text.matches(of: /`([^`\n]+)`:\n\n```\w*\n((?s:.*?))```/)
    files = Dictionary(
      blocks.map { (String($0.output.1), String($0.output.2)) }, uniquingKeysWith: { one, _ in one }
    )
    steps = TranscriptTests.steps(in: text)
    keys = text.matches(of: /(?m)^\| `([a-z-]+)` \|/).map { String($0.output.1) }
  }
}
