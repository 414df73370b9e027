import BuiltProgram
import Foundation
import OutsideTools
import Testing

/// The same inputs give the same bytes, wherever, whenever and by whomever they are built.
@Suite struct ReproducibleTests {
  /// With files of the user's own among the inputs, since those have times and places.
  private static let text = """
    board: cubietruck
    inputs: { kernel: files/vmlinuz, bootloader: files/u-boot.bin }
    dom0: { memory: 256MiB }

    """

  /// What must not matter.
  enum Variation: String, CaseIterable, Sendable {
    case nothing, folder, outputFolder, temporaryFolder, umask, timeZone, language, fileTimes
    case user, offline
  }

  private static func project(named name: String = "project") async throws -> TestProject {
    let project = try TestProject(text, named: name)
    try project.write(try await DebianFile.kernel.data(), as: "files/vmlinuz")
    try project.write(try await DebianFile.cubietruck.data(), as: "files/u-boot.bin")
    return project
  }

  private func build(
    _ project: TestProject, _ arguments: [String] = [], _ environment: [String: String?] = [:],
    behind command: [String] = []
  ) async throws {
    let outcome = try await Ctboot.run(
      ["build"] + arguments, in: project.folder, environment: environment, behind: command)
    try #require(outcome.status == 0, "\(outcome.errors)")
  }

  /// Empty where image, manifest and all files in boot/ are the same.
  private func difference(
    _ one: TestProject, _ other: TestProject, _ output: String = "build"
  ) throws -> String {
    try OutsideTool.run(
      "diff", ["-rq", one["build"].path, other[output].path]
    ).output
  }

  @Test(arguments: Variation.allCases)
  func doesNotMatter(variation: Variation) async throws {
    let reference = try await Self.project()
    try await build(reference, [], ["TZ": "UTC", "LC_ALL": "C"])
    let other = try await Self.project(
      named: variation == .folder ? "another folder, with a very long n\u{e4}me" : "project")
    var output = "build"
    switch variation {
    case .nothing, .folder: try await build(other)
    case .outputFolder:
      output = "some/where/else"
      try await build(other, ["-o", output])
    case .temporaryFolder:
      try other.write("", as: "tmp/.here")
      try await build(other, [], ["TMPDIR": other["tmp"].path])
    case .umask:
      try await build(other, behind: ["sh", "-c", #"umask 077; exec "$@""#, "sh"])
    case .timeZone: try await build(other, [], ["TZ": "Pacific/Kiritimati"])
    case .language: try await build(other, [], ["LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"])
    case .fileTimes:
      for (name, time) in [("vmlinuz", 86_400.0), ("u-boot.bin", 4_000_000_000)] {
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSince1970: time)],
          ofItemAtPath: other["files/\(name)"].path)
      }
      try await build(other)
    case .user: try await build(asNobody: other)
    case .offline: try await build(other, ["--offline"])
    }
    #expect(try difference(reference, other, output) == "")
  }

  /// As a user who owns nothing but the folder: with a copy of the program, since that may lie
  /// where only its owner can go, and with a copy of the cache.
  private func build(asNobody project: TestProject) async throws {
    try #require(geteuid() == 0, "a build as another user needs root, as CI has it")
    let cache =
      try await DebianFile.kernel.url().path.split(separator: "/members/").first.map(String.init)
    let copied = try OutsideTool.run(
      "sh",
      [
        "-euc",
        """
        mkdir cache home
        cp -a "$1" cache/ctboot
        cp "$2" program
        chmod 755 program
        chown -R 65534:65534 "$(dirname "$PWD")"
        """, "sh", try #require(cache), try Ctboot.program(),
      ], in: project.folder)
    try #require(copied.status == 0, "\(copied.output)")
    let outcome = try await Ctboot.run(
      ["build"], in: project.folder,
      environment: ["XDG_CACHE_HOME": project["cache"].path, "HOME": project["home"].path],
      behind: ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"],
      program: project["program"].path)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let owner = try FileManager.default.attributesOfItem(atPath: project["build"].path)
    #expect(owner[.ownerAccountID] as? Int == 65534)
  }

  /// Fetches some 50 MB: packages that were fetched now give what those in the cache gave.
  @Test func aColdCacheGivesTheSame() async throws {
    let warm = try await GoodBuild.shared().project
    let cold = try TestProject()
    try await build(cold, [], ["XDG_CACHE_HOME": cold["cache"].path])
    #expect(try cold.files(in: "cache").contains { $0.hasSuffix(".deb") })
    #expect(try difference(warm, cold) == "")
  }

  /// A time that is asked for is in the bytes, and the same each time.
  @Test func anEpochIsReproducibleToo() async throws {
    let warm = try await GoodBuild.shared().project
    let (one, other) = (try TestProject(), try TestProject())
    for project in [one, other] {
      try await build(project, ["--offline"], ["SOURCE_DATE_EPOCH": "1700000000"])
    }
    #expect(try difference(one, other) == "")
    #expect(try difference(warm, one) != "")
    let listed = try OutsideTool.run("dumpimage", ["-l", one["build/boot/boot.scr"].path])
    #expect(listed.output.contains("Created:      Tue Nov 14 22:13:20 2023"))
  }

  @Test func anOddEpochIsRefused() async throws {
    let said = try await TestProject().run(
      "build", environment: ["SOURCE_DATE_EPOCH": "yesterday"])
    #expect(said.status == 2)
    #expect(
      said.errors == """
        error: SOURCE_DATE_EPOCH is `yesterday`, which is no number of seconds since 1970
          help: set it to a whole number below 4294967296, or unset it

        """)
  }

  /// What was there before does not shine through.
  @Test func buildingOverAnotherBuildGivesTheSame() async throws {
    let warm = try await GoodBuild.shared().project
    let project = try TestProject("board: cubietruck\ndom0: { arguments: quiet }\n")
    try await build(project, ["--offline"])
    #expect(try difference(warm, project) != "")
    try project.write("board: cubietruck\n", as: "ctboot.yaml")
    try await build(project, ["--offline"])
    #expect(try difference(warm, project) == "")
  }
}
