import Foundation
import ImageWriter
import SeededGenerator
import SystemPackage
import Testing

/// An archive that was cut or damaged anywhere gives an error or a volume that is sound, and never ends
/// the program.
@Suite struct CutArchiveTests {
  private func write(_ bytes: [UInt8], named name: String, in bench: RootBench) throws -> Bool {
    let source = RootSource.archive(try bench.put(bytes, as: name))
    do {
      _ = try bench.write([source])
      return true
    } catch is RootError {
      return false
    }
  }

  private func archives(in bench: RootBench) throws -> [String: [UInt8]] {
    let source = try bench.tar {
      $0.add("folder/", .folder)
      for number in 0..<6 {
        $0.add(
          Array("folder/\(number)".utf8), .file,
          (0..<(number * 700)).map { UInt8(truncatingIfNeeded: $0 &* (number + 3)) },
          pax: [("mtime", Array("1.5".utf8)), ("SCHILY.xattr.user.a", [1, 2, 3])])
      }
      $0.add("link", .hardLink, target: "folder/3")
    }
    guard case .archive(let path) = source else { return [:] }
    try bench.shell(
      """
      gzip -kn root.tar; xz -k root.tar; zstd -qk root.tar; bzip2 -k root.tar
      mkdir r; tar -C r -xf root.tar; (cd r; find . | sort | cpio --quiet -o -H newc > ../root.cpio)
      echo 2.0 > debian-binary; tar -cf control.tar debian-binary; cp root.tar.xz data.tar.xz
      ar rc root.deb debian-binary control.tar data.tar.xz
      """)
    var archives = ["root.tar": try [UInt8](Data(contentsOf: URL(filePath: path.string)))]
    for ending in ["tar.gz", "tar.xz", "tar.zst", "tar.bz2", "cpio", "deb"] {
      let name = "root.\(ending)"
      archives[name] = try [UInt8](Data(contentsOf: bench.folder.appendingPathComponent(name)))
    }
    return archives
  }

  @Test func cutAnywhere() throws {
    let bench = try RootBench()
    let seed = UInt64.random(in: 0 ... .max)
    print("cut archives: seed \(seed)")
    var random = SeededGenerator(seed: seed)
    for (name, bytes) in try archives(in: bench).sorted(by: { $0.key < $1.key }) {
      // Behind the first of the two blocks of its end mark, or its trailer, nothing is missed.
      let enough = name == "root.tar" ? 512 : name == "root.cpio" ? 512 : 0
      for _ in 0..<12 {
        let length = Int.random(in: 0..<(bytes.count - 1), using: &random)
        let isWhole = try write(Array(bytes[..<length]), named: name, in: bench)
        #expect(!isWhole || length >= bytes.count - enough - 64, "\(name) cut to \(length)")
      }
    }
    // Between members, where nothing but the end mark is missing.
    let tar = try #require(try archives(in: RootBench())["root.tar"])
    for length in stride(from: 512, through: tar.count - 1024, by: 512) {
      #expect(try !write(Array(tar[..<length]), named: "root.tar", in: bench), "cut to \(length)")
    }
  }

  @Test func damagedAnywhere() throws {
    let bench = try RootBench()
    let seed = UInt64.random(in: 0 ... .max)
    print("damaged archives: seed \(seed)")
    var random = SeededGenerator(seed: seed)
    for (name, bytes) in try archives(in: bench).sorted(by: { $0.key < $1.key }) {
      for _ in 0..<12 {
        var damaged = bytes
        for _ in 0..<Int.random(in: 1...3, using: &random) {
          damaged[Int.random(in: damaged.indices, using: &random)] = .random(
            in: 0...255, using: &random)
        }
        _ = try write(damaged, named: name, in: bench)
      }
    }
  }
}
