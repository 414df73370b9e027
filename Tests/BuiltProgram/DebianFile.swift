import Archives
public import Foundation
public import Packages
import SystemPackage
import Workspace

/// Real files out of Debian's packages, from the cache that the program uses.
public enum DebianFile: Sendable {
  case kernel
  case xen
  case tree(String)
  case bootloader(String)
  /// The U-Boot for the emulator's `virt`, 32-bit.
  case firmware
  case busybox

  public static let cubietruck = DebianFile.bootloader("Cubietruck")

  public func data() async throws -> Data { try Data(contentsOf: try await url()) }

  /// All trees of the kernel's package, sorted by their names.
  public static func trees() async throws -> [URL] {
    try await tree("*").urls().filter { $0.pathExtension == "dtb" }
      .sorted { $0.path < $1.path }
  }

  public func url() async throws -> URL {
    guard let first = try await urls().first else { throw CocoaError(.fileNoSuchFile) }
    return first
  }

  /// The package of the kernel, which holds its modules, and where it is kept.
  public static func kernelPackage() async throws -> (ResolvedPackage, of: DebianRepository) {
    // The program fetches what is missing, and the tests read what it has fetched.
    _ = try await GoodBuild.shared()
    let surroundings = try Surroundings(environment: ProcessInfo.processInfo.environment)
    let repository = DebianRepository(cache: surroundings.cache) { _ in }
    let package = try await repository.resolve(
      dependencyOf: "linux-image-armmp", matching: "linux-image-")
    return (package, of: repository)
  }

  private func urls() async throws -> [URL] {
    // The program fetches what is missing, and the tests read what it has fetched.
    _ = try await GoodBuild.shared()
    let surroundings = try Surroundings(environment: ProcessInfo.processInfo.environment)
    let repository = DebianRepository(cache: surroundings.cache) { _ in }
    try await repository.refresh()
    let package =
      switch self {
      case .xen:
        try await repository.resolve(
          dependencyOf: "xen-system-armhf", matching: "xen-hypervisor-")
      case .kernel, .tree:
        try await repository.resolve(dependencyOf: "linux-image-armmp", matching: "linux-image-")
      case .bootloader: try await repository.resolve("u-boot-sunxi")
      case .firmware: try await repository.resolve("u-boot-qemu")
      case .busybox: try await repository.resolve("busybox-static")
      }
    let found = try await repository.members(of: package, wanted: [MemberPattern(member)])
    return found.map { URL(filePath: $0.file.string) }
  }

  private var member: String {
    switch self {
    case .kernel: "boot/vmlinuz-*"
    case .xen: "boot/xen-*-armhf"
    // A pattern has one star, which goes over slashes as well.
    case .tree("*"): "usr/lib/linux-image-*.dtb"
    case .tree(let name): "usr/lib/linux-image-*/\(name).dtb"
    case .busybox: "bin/busybox"
    case .firmware: "usr/lib/u-boot/qemu_arm/u-boot.bin"
    case .bootloader(let board): "usr/lib/u-boot/\(board)/u-boot-sunxi-with-spl.bin"
    }
  }
}
