import BuiltProgram
import Foundation
import OutsideTools
import Testing

/// A machine that cannot do what is asked: no room, no network, no QEMU, no permission.
@Suite struct BadSurroundingsTests {
  /// A file system in memory that holds one build and not two, since the new one is whole before
  /// it takes the place of the old. What is there and the same is not written again.
  @Test func noSpaceOnTheDisk() async throws {
    let project = try TestProject()
    try project.write("", as: "build/.here")
    let mounted = try OutsideTool.run(
      "mount", ["-t", "tmpfs", "-o", "size=20m", "tmpfs", project["build"].path])
    try #require(
      mounted.status == 0,
      "cannot mount a tmpfs: the test of a full disk needs root, as CI has it: \(mounted.output)")
    defer { _ = try? OutsideTool.run("umount", ["--lazy", project["build"].path]) }
    try await project.putEarlierBuild()
    #expect(try await project.run("build", "--offline").status == 0)
    let outcome = try await project.run("build", "--offline", "--rehash")
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    let said = outcome.errors.replacing(
      /for .* on the disk that holds .*/, with: "for SIZE on the disk that holds FILE")
    #expect(
      said == """
        error: no space left for SIZE on the disk that holds FILE
          help: free some space there (df -h build), or choose another output folder

        """)
    try await project.expectEarlierBuildUntouched()
  }

  @Test func noNetwork() async throws {
    let project = try await TestProject.built()
    try await project.expectRefusal(
      of: ["build"], environment: try Self.withoutNetwork(project),
      """
      error: Debian's package indexes cannot be fetched: the network does not reach it
        help: Check the connection and the proxy; with --offline the cache is used alone.
      """)
  }

  @Test func offlineWithAnEmptyCache() async throws {
    let project = try await TestProject.built()
    try await project.expectRefusal(
      environment: ["XDG_CACHE_HOME": project["cache"].path],
      """
      error: u-boot-sunxi cannot be looked up: no package index is in the cache
        help: Run the same command once without --offline.
      """)
  }

  @Test func noQEMU() async throws {
    let project = try await TestProject.built()
    let path = try Self.pathWithoutQEMU(project)
    try await project.expectRefusal(
      of: ["emulate", "--offline"], environment: ["PATH": path],
      """
      error: the program `qemu-system-arm` is not installed: it emulates the boards
        help: install it with `apt-get install qemu-system-arm`
      """)
    // A card for a board of its own needs none.
    let build = try await Ctboot.run(
      ["build", "--offline"], in: project.folder, environment: ["PATH": path])
    #expect(build.status == 0, "\(build.errors)")
  }

  @Test func noQEMUForABoardWhoseTreeItMakes() async throws {
    let project = try TestProject("board: qemu-virt\n")
    try await project.putEarlierBuild()
    try await project.expectRefusal(
      environment: ["PATH": try Self.pathWithoutQEMU(project)],
      """
      error: qemu-system-arm, which emulates the board, is not installed or not in PATH
        help: install QEMU for ARM: apt-get install qemu-system-arm
      """)
  }

  @Test func theOutputFolderIsAFile() async throws {
    let project = try await TestProject.built()
    try await project.expectRefusal(
      of: ["build", "--offline", "-o", "ctboot.yaml"],
      """
      error: ctboot.yaml is a file, not a folder
        help: name another folder, or move that file away
      """)
    #expect(try project.text(of: "ctboot.yaml") == "board: cubietruck\n")
  }

  /// Root without the capability to pass over permissions.
  @Test func theOutputFolderMayNotBeWrittenTo() async throws {
    let project = try await TestProject.built()
    try project.write("", as: "out/.here")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o555], ofItemAtPath: project["out"].path)
    let outcome = try await Ctboot.run(
      ["build", "--offline", "-o", "out"], in: project.folder,
      behind: ["setpriv", "--bounding-set=-dac_override,-dac_read_search"])
    #expect(outcome.status == 2)
    #expect(
      outcome.errors == """
        error: no permission to create out/boot
          help: look at the permissions with: ls -ld out out/boot

        """)
    #expect(try project.files(in: "out") == [".here"])
  }

  @Test func aFileStandsWhereTheImageShallBeAFolder() async throws {
    let project = try await TestProject.built()
    try project.write("mine", as: "out/cubietruck.img/notes")
    try await project.expectRefusal(
      of: ["build", "--offline", "-o", "out"],
      """
      error: out/cubietruck.img is a folder, not a file
        help: name a file in it
      """)
    #expect(try project.files(in: "out") == [".lock", "cubietruck.img/notes"])
  }

  /// The host's own apt settings are left out: they might name a proxy that does reach it.
  private static func withoutNetwork(_ project: TestProject) throws -> [String: String?] {
    try project.write(
      """
      Dir::Etc::main "/dev/null";
      Dir::Etc::parts "/dev/null";
      Acquire::Retries "0";

      """, as: "apt.conf")
    let closed = "http://127.0.0.1:1"
    return [
      "APT_CONFIG": project["apt.conf"].path, "XDG_CACHE_HOME": project["cache"].path,
      "http_proxy": closed, "https_proxy": closed, "no_proxy": nil,
    ]
  }

  static func pathWithoutQEMU(_ project: TestProject) throws -> String {
    let folder = project["programs"]
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for program in ["apt-cache", "apt-get", "dpkg", "sh"] {
      let found = try OutsideTool.run("sh", ["-c", "command -v \(program)"]).output
      try FileManager.default.createSymbolicLink(
        at: folder.appending(path: program),
        withDestinationURL: URL(filePath: found.trimmingCharacters(in: .newlines)))
    }
    return folder.path
  }
}
