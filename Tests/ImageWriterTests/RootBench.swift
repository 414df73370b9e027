import Bytes
import Diagnostics
import Ext4
import Files
import Foundation
import ImageWriter
import Measures
import OutsideTools
import SystemPackage
import Testing

/// A folder for one test, in which sources are made and a root is written into an image.
struct RootBench {
  private let temporary: TemporaryFolder
  let folder: URL
  /// Where the volume begins in the image: behind other things, as on a card.
  static let start = ByteCount.mebibytes(1)

  init() throws {
    temporary = try TemporaryFolder()
    folder = URL(fileURLWithPath: temporary.path)
  }

  func path(_ name: String) -> FilePath { FilePath(folder.appendingPathComponent(name).path) }

  func put(_ bytes: [UInt8], as name: String) throws -> FilePath {
    try Data(bytes).write(to: folder.appendingPathComponent(name))
    return path(name)
  }

  func tar(_ name: String = "root.tar", _ fill: (inout TarArchive) -> Void) throws -> RootSource {
    var archive = TarArchive()
    fill(&archive)
    return .archive(try put(archive.finished, as: name))
  }

  @discardableResult
  func shell(_ script: String) throws -> String {
    let result = try OutsideTool.run("sh", ["-euc", script], in: folder)
    try #require(result.status == 0, "\(script)\nfailed: \(result.output)")
    return result.output
  }

  static func options(
    _ size: Ext4Options.Size = .content(slack: .kibibytes(64))
  ) -> Ext4Options {
    Ext4Options(
      size: size, uuid: Array(0x10..<0x20), hashSeed: Array(0xA0..<0xB0),
      time: Ext4Time(seconds: 1_700_000_000))
  }

  /// Writes a root; e2fsck has nothing to say of it.
  func write(
    _ layers: [RootSource], _ options: Ext4Options = options(),
    policy: UnsafeMembers = UnsafeMembers(), as name: String = "card.img"
  ) throws -> WrittenRoot {
    let file = try AtomicFile(replacing: path(name))
    let root = try writeRoot(layers, options, policy: policy, to: file, from: Self.start)
    try file.commit()
    let image = folder.appendingPathComponent(name)
    let size = try Data(contentsOf: image, options: .alwaysMapped).count
    #expect(size == Int((Self.start.rawValue + root.layout.size.rawValue)))
    let check = try OutsideTool.run(
      "e2fsck", ["-fn", "\(image.path)?offset=\(Self.start.rawValue)"])
    #expect(check.status == 0, "\(check.output)")
    #expect(check.output.split(separator: "\n").count == 7, "\(check.output)")
    return WrittenRoot(root: root, reader: try Ext4Reader(VolumeInImage(image)), image: image)
  }

  /// What is said where a root is refused; no image is left behind.
  func refusal(
    _ layers: [RootSource], _ options: Ext4Options = options(),
    policy: UnsafeMembers = UnsafeMembers()
  ) throws -> (message: String, help: String?) {
    var found: RootError?
    do throws(RootError) {
      let file: AtomicFile
      do { file = try AtomicFile(replacing: path("card.img")) } catch { throw .file(error) }
      _ = try writeRoot(layers, options, policy: policy, to: file, from: Self.start)
    } catch {
      found = error
    }
    let diagnostic = try #require(found).diagnostic
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!left.contains { $0.contains("card.img") })
    let message = diagnostic.message.replacingOccurrences(of: folder.path + "/", with: "")
    return (message, diagnostic.help?.replacingOccurrences(of: folder.path + "/", with: ""))
  }
}

/// A root that was written, read back.
struct WrittenRoot {
  let root: RootVolume
  let reader: Ext4Reader
  let image: URL

  var notes: [String] { root.notes.map(\.message) }
  var bytes: Data { get throws { try Data(contentsOf: image) } }

  /// Links are not followed.
  func entry(_ path: [UInt8]) throws -> Ext4Inode {
    try #require(try reader.entry(path, followingLink: false), "\(Self.shown(path)) is missing")
  }

  func entry(_ path: String) throws -> Ext4Inode { try entry(Array(path.utf8)) }

  func text(_ path: String) throws -> String {
    let inode = try entry(path)
    return String(decoding: try reader.read(inode, count: inode.size), as: UTF8.self)
  }

  /// As `ls` would show it: type, permissions, owners, size or device, path, target. Bytes that are no
  /// text are shown as escapes.
  var listing: [String] {
    get throws {
      var lines: [String] = []
      try list([], into: &lines)
      return lines.filter { !$0.hasSuffix(" lost+found") }
    }
  }

  private func list(_ path: [UInt8], into lines: inout [String]) throws {
    let inode = try entry(path)
    let types: [UInt16: String] = [
      0o04: "d", 0o10: "-", 0o12: "l", 0o02: "c", 0o06: "b", 0o01: "p", 0o14: "s",
    ]
    var facts = [
      (types[inode.mode >> 12] ?? "?") + String(inode.permissions, radix: 8),
      "\(inode.owner):\(inode.group)",
    ]
    if inode.isFile { facts.append("\(inode.size)") }
    if let device = inode.device { facts.append("\(device.major),\(device.minor)") }
    facts.append(path.isEmpty ? "/" : Self.shown(path))
    if let target = try reader.target(of: inode) { facts += ["->", Self.shown(target)] }
    lines.append(facts.joined(separator: " "))
    guard inode.isFolder else { return }
    let inner = try #require(try reader.list(path)).map(\.name)
    for name in inner.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      try list(path.isEmpty ? name : path + [0x2F] + name, into: &lines)
    }
  }

  static func shown(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      (0x21..<0x7F).contains(byte)
        ? String(UnicodeScalar(byte)) : "\\" + String(byte, radix: 8)
    }.joined()
  }
}

/// The volume of an image, as bytes.
private struct VolumeInImage: ByteSource {
  private let data: Data

  init(_ image: URL) throws { data = try Data(contentsOf: image, options: .alwaysMapped) }

  var size: UInt64 { UInt64(data.count) - RootBench.start.rawValue }

  func read(_ count: Int, at offset: UInt64) -> [UInt8] {
    guard offset < size else { return [] }
    let start = Int(RootBench.start.rawValue + offset)
    return [UInt8](data[start..<min(data.count, start + count)])
  }
}
