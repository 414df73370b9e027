import BuiltProgram
import Foundation
import OutsideTools
import Testing

/// A build over an earlier one gives what a build into an empty folder gives, and reads the root again
/// only where it has to.
@Suite struct RebuildTests {
  /// What is changed between two builds.
  enum Change: String, CaseIterable, Sendable {
    case nothing, arguments, kernel, bootSize, rootFile, layer, touched, rehash, epoch, rootSize
    case foreignImage, damagedState, missingState, secondName
  }

  private static func text(
    arguments: String = "quiet", bootSize: String = "64MiB", rootSize: String = "auto"
  ) -> String {
    """
    board: cubietruck
    flow: linux
    inputs: { kernel: files/vmlinuz }
    linux: { arguments: "\(arguments)" }
    image: { boot: { size: \(bootSize) }, root: { size: \(rootSize) } }
    root: { from: [base.tar, layer], files: { /etc/hostname: hostname } }

    """
  }

  static func project() async throws -> TestProject {
    let project = try TestProject(text())
    try project.write(try await DebianFile.kernel.data(), as: "files/vmlinuz")
    try project.write("truck\n", as: "hostname")
    try project.write("one\n", as: "layer/etc/one")
    try project.write(Data(repeating: 0x41, count: 20 << 20), as: "base/data")
    let packed = try OutsideTool.run(
      "tar", ["-cf", "base.tar", "-C", "base", "."], in: project.folder)
    try #require(packed.status == 0, "\(packed.output)")
    return project
  }

  /// - Returns: whether the image was changed where it stands.
  @discardableResult
  static func build(
    _ project: TestProject, _ arguments: [String] = [], environment: [String: String?] = [:]
  ) async throws -> Bool {
    let outcome = try await Ctboot.run(
      ["build", "--offline", "-v"] + arguments, in: project.folder, environment: environment)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return outcome.errors.contains("the root is unchanged")
  }

  /// Empty where the folders hold the same, but for what they know of this machine.
  static func difference(_ project: TestProject, _ other: String) throws -> String {
    try OutsideTool.run(
      "diff", ["-rq", "-x", ".*", project["build"].path, project[other].path]
    ).output
  }

  @Test(arguments: Change.allCases)
  func givesWhatAFreshBuildGives(change: Change) async throws {
    let project = try await Self.project()
    #expect(try await !Self.build(project))
    var arguments: [String] = []
    var environment: [String: String?] = [:]
    let image = project["build/cubietruck.img"]
    switch change {
    case .nothing: break
    case .arguments: try project.write(Self.text(arguments: "debug loglevel=7"), as: "ctboot.yaml")
    case .kernel:
      var kernel = try Data(contentsOf: project["files/vmlinuz"])
      kernel += Data(repeating: 0x11, count: 300_000)
      try kernel.write(to: project["files/vmlinuz"])
    case .bootSize: try project.write(Self.text(bootSize: "80MiB"), as: "ctboot.yaml")
    case .rootSize: try project.write(Self.text(rootSize: "128MiB"), as: "ctboot.yaml")
    case .rootFile: try project.write("board\n", as: "hostname")
    case .layer: try project.write("two\n", as: "layer/etc/one")
    case .touched:
      // Between the samples by which an archive is identified; and with the old time.
      let path = project["base.tar"]
      let time = try FileManager.default.attributesOfItem(atPath: path.path)[.modificationDate]
      let file = try FileHandle(forUpdating: path)
      try file.seek(toOffset: 2_000_000)
      try file.write(contentsOf: Data([0xFF]))
      try file.close()
      try FileManager.default.setAttributes(
        [.modificationDate: try #require(time)], ofItemAtPath: path.path)
    case .rehash: arguments = ["--rehash"]
    case .epoch: environment = ["SOURCE_DATE_EPOCH": "1700000000"]
    case .foreignImage:
      let file = try FileHandle(forUpdating: image)
      try file.seek(toOffset: 80 << 20)
      try file.write(contentsOf: Data([0xFF]))
      try file.close()
    case .damagedState:
      try project.write("ctboot image state 1\n", as: "build/.cubietruck.img.state")
    case .missingState:
      try FileManager.default.removeItem(at: project["build/.cubietruck.img.state"])
    case .secondName:
      try FileManager.default.linkItem(at: image, to: project["other.img"])
      try project.write(Self.text(arguments: "debug"), as: "ctboot.yaml")
    }
    let before = change == .secondName ? try Data(contentsOf: image) : Data()
    let isInPlace = try await Self.build(project, arguments, environment: environment)
    #expect(isInPlace == [.nothing, .arguments, .kernel].contains(change))
    try await Self.build(project, ["-o", "fresh"], environment: environment)
    #expect(try Self.difference(project, "fresh") == "")
    #expect(
      try project.files().filter { $0.hasPrefix("cubietruck.img") } == [
        "cubietruck.img", "cubietruck.img.bmap",
      ])
    if change == .secondName {
      let isSame = try Data(contentsOf: project["other.img"]) == before
      #expect(isSame)
    }
    // The state that this build left serves the next one.
    #expect(try await Self.build(project, environment: environment))
  }

  /// An image without a root partition is compared as a whole, so that nothing need be known of it.
  @Test func anImageWithoutARootIsChangedWhereItStands() async throws {
    let project = try TestProject("board: cubietruck\n")
    try await Self.build(project)
    let number = try Self.inode(project)
    try project.write("board: cubietruck\ndom0: { arguments: quiet }\n", as: "ctboot.yaml")
    try await Self.build(project)
    #expect(try Self.inode(project) == number)
    try await Self.build(project, ["-o", "fresh"])
    #expect(try Self.difference(project, "fresh") == "")
    #expect(try project.files().filter { $0.hasPrefix(".") } == [".lock"])
  }

  private static func inode(_ project: TestProject) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: project["build/cubietruck.img"].path)[
      .systemFileNumber] as? Int
  }

  /// A build that finds what another left tells so.
  @Test func anImageThatWasLeftHalfChangedIsToldOf() async throws {
    let project = try await Self.project()
    try await Self.build(project)
    let image = project["build/cubietruck.img"]
    try FileManager.default.moveItem(at: image, to: project["build/cubietruck.img.partial"])
    let outcome = try await project.run("build", "--offline")
    #expect(outcome.status == 0)
    #expect(
      outcome.errors.contains(
        """
        warning: an earlier build was broken off and left build/cubietruck.img.partial, with \
        nothing that could undo it
        """), "\(outcome.errors)")
    try await Self.build(project, ["-o", "fresh"])
    #expect(try Self.difference(project, "fresh") == "")
  }
}
