import BuiltProgram
import Foundation
import OutsideTools
import Testing

/// A cache of packages in which something was changed since it was filled: what lies there goes
/// into a card only as Debian signed it.
@Suite struct ChangedCacheTests {
  let project: TestProject
  /// The kernel in the copy of the cache, with two of its bytes changed.
  let kernel: URL

  init() async throws {
    project = try await TestProject.built()
    let cached = try await DebianFile.kernel.url().path
    // CACHE/members/SHA256/files/boot/vmlinuz-VERSION
    let names = cached.split(separator: "/").map { String($0) }
    let cache = "/" + names.dropLast(5).joined(separator: "/")
    let home = project["cache"]
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    let copied = try OutsideTool.run("cp", ["-a", cache, home.appending(path: "ctboot").path])
    try #require(copied.status == 0, "\(copied.output)")
    kernel = home.appending(path: "ctboot/" + names.suffix(5).joined(separator: "/"))
    let file = try FileHandle(forWritingTo: kernel)
    try file.seek(toOffset: 0x10000)
    try file.write(contentsOf: Data("XX".utf8))
    try file.close()
  }

  private var environment: [String: String?] { ["XDG_CACHE_HOME": project["cache"].path] }

  /// The package that the kernel was taken out of.
  private var package: URL {
    let names = kernel.path.split(separator: "/")
    return project["cache/ctboot/debs/\(names[names.count - 4]).deb"]
  }

  @Test func aChangedFileIsTakenOutOfItsPackageAgain() async throws {
    let outcome = try await project.run("build", "--offline", environment: environment)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("was changed in the cache"), "\(outcome.errors)")
    let wanted = try await DebianFile.kernel.data()
    #expect(try Data(contentsOf: project["build/boot/kernel"]) == wanted)
    #expect(try Data(contentsOf: kernel) == wanted)
    try await project.expectEarlierBuildUntouched()
    let again = try await project.run("build", "--offline", environment: environment)
    #expect(!again.errors.contains("changed"), "\(again.errors)")
  }

  @Test func aChangedFileWithoutItsPackageIsRefused() async throws {
    try FileManager.default.removeItem(at: package)
    try await project.expectRefusal(
      environment: environment,
      """
      error: PACKAGE is not in the cache, and --offline forbids to fetch it
        help: Run the same command once without --offline.
      """
    ) { $0.replacing(/linux-image-\S* \S*/, with: "PACKAGE") }
  }
}
