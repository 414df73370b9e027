import Diagnostics
import Foundation
import KernelModules
import Measures
import Packages
import SystemPackage
import Testing

/// The modules of a kernel's package, noted once.
@Suite struct ModulePackageTests {
  /// A package made by a script, with an apt that hands it over.
  private func kernel(_ script: String) async throws -> (FakeApt, ResolvedPackage) {
    let (apt, package) = try await PackageCacheTests().demo()
    try await apt.shell(
      """
      rm -rf r; mkdir -p r/lib/modules/6.1/kernel
      \(script)
      tar -cJf data.tar.xz -C r .; rm -f demo.deb
      ar rc demo.deb debian-binary control.tar data.tar.xz
      """)
    let words = try await apt.shell("sha256sum demo.deb; stat -c %s demo.deb")
      .split(whereSeparator: \.isWhitespace).map { String($0) }
    return (
      apt,
      ResolvedPackage(
        name: package.name, version: package.version, architecture: "armhf", sha256: words[0],
        size: .init(UInt64(words[2]) ?? 0), dependencies: [])
    )
  }

  @Test func theirNotesAreKept() async throws {
    let (apt, package) = try await kernel(
      """
      cd r/lib/modules/6.1
      echo kernel/drivers/mmc_block.ko > modules.builtin
      printf '\(Self.octal(depends: "b"))' > kernel/a.ko
      printf '\(Self.octal(depends: ""))' | xz > kernel/b.ko.xz
      cd ../../../..
      """)
    let folder = try await apt.repository().modules(of: package)
    #expect(folder.release == "6.1" && folder.builtin.map(\.text) == ["mmc_block"])
    #expect(folder.files.values.sorted().last == "lib/modules/6.1/kernel/b.ko.xz")
    // The notes name what is needed before any module was read.
    let search = ModuleSearch(for: ["a", "mmc-block"], in: folder)
    #expect(try search.loadOrder().map(\.name.text) == ["b", "a"])
    // A second time nothing is fetched or unpacked.
    try await apt.shell("rm -rf cache/debs")
    #expect(try await apt.repository(offline: true).modules(of: package) == folder)
  }

  @Test func aPackageWithoutAny() async throws {
    let (apt, package) = try await kernel("echo 1 > r/lib/modules/6.1/modules.builtin")
    let said = try await apt.failure { repository throws(PackageError) in
      _ = try await repository.modules(of: package)
    }
    #expect(said.message == "there are no kernel modules: no file lib/modules/RELEASE/….ko")
  }

  /// A module's bytes for printf.
  private static func octal(depends: String) -> String {
    let info = Array("depends=\(depends)\0vermagic=6.1 SMP\0".utf8)
    let names = Array("\0.modinfo\0".utf8)
    func word(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> ($0 * 8) & 255) } }
    func half(_ value: Int) -> [UInt8] { Array(word(value).prefix(2)) }
    let start = 52
    let table = start + info.count + names.count
    var bytes: [UInt8] = [0x7F] + Array("ELF".utf8) + [1, 1, 1] + [UInt8](repeating: 0, count: 9)
    bytes += half(1) + half(40) + word(1) + word(0) + word(0) + word(table) + word(0)
    for value in [start, 0, 0, 40, 2, 1] { bytes += half(value) }
    bytes += info + names
    for (name, offset, size) in [(1, start, info.count), (0, start + info.count, names.count)] {
      for value in [name, 1, 0, 0, offset, size, 0, 0, 1, 0] { bytes += word(value) }
    }
    return bytes.map { "\\" + ("00" + String($0, radix: 8)).suffix(3) }.joined()
  }
}
