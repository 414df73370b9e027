import Archives
import Diagnostics
import Glibc
import Packages
import Synchronization
import SystemPackage
import Testing

/// The one test that needs the network, or a cache that an earlier run filled: 815 KB, and the
/// package indexes of about 9 MB once a day.
@Suite struct RealArchiveTests {
  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// CTBOOT_TEST_CACHE, else the cache that the program itself uses.
  private static var cache: FilePath? {
    if let named = environment("CTBOOT_TEST_CACHE") { return FilePath(named) }
    let base =
      environment("XDG_CACHE_HOME").map { FilePath($0) }
      ?? environment("HOME").map { FilePath($0).appending(".cache") }
    return base?.appending("ctboot")
  }

  @Test func fetchesBusyboxForArmhf() async throws {
    let cache = try #require(Self.cache, "set CTBOOT_TEST_CACHE or HOME")
    let repository = DebianRepository(cache: cache) { said in
      print("\(said.severity): \(said.message) \(said.notes.joined(separator: " "))")
    }
    try await repository.refresh()
    let package = try await repository.resolve("busybox-static")
    #expect(package.name == "busybox-static")
    #expect(package.architecture == "armhf")
    let members = try await repository.members(of: package, wanted: ["*bin/busybox"])
    let busybox = try #require(members.first)
    let file = try FileDescriptor.open(busybox.file, .readOnly)
    defer { try? file.close() }
    var header = [UInt8](repeating: 0, count: 20)
    _ = try header.withUnsafeMutableBytes { try file.read(into: $0) }
    // ELF, and machine 40: ARM (ELF for the Arm Architecture, e_machine).
    #expect(Array(header[..<4]) == [0x7F, 0x45, 0x4C, 0x46])
    #expect(Array(header[18..<20]) == [40, 0])

    let kernel = try await repository.resolve(
      dependencyOf: "linux-image-armmp", matching: "linux-image-")
    #expect(kernel.name.hasPrefix("linux-image-") && kernel.name.hasSuffix("-armmp"))
    #expect(kernel.name != "linux-image-armmp")
  }
}
