import Diagnostics
import Ext4
import Foundation
import Measures
import OutsideTools
import Testing

/// An image file as an output.
final class ImageFile: Ext4Output {
  let url: URL
  private let handle: Int32
  /// What was written, in the order of the calls.
  private(set) var writes: [Range<UInt64>] = []

  init(_ url: URL) throws {
    self.url = url
    handle = open(url.path, O_RDWR | O_CREAT | O_TRUNC, 0o644)
    try #require(handle >= 0)
  }

  deinit { close(handle) }

  func write(_ bytes: RawSpan, at offset: UInt64) throws(Ext4Error) {
    let count = bytes.withUnsafeBytes { pwrite(handle, $0.baseAddress, $0.count, off_t(offset)) }
    guard count == bytes.byteCount else { throw .output(.init(.error, "the disk is full")) }
    writes.append(offset..<(offset + UInt64(count)))
  }

  func setSize(_ size: UInt64) { ftruncate(handle, off_t(size)) }
}

/// A finished image, which e2fsck finds nothing to say about.
struct Image {
  let url: URL
  let layout: Ext4Layout
  let writes: [Range<UInt64>]

  /// Makes an image in `folder`; `fill` adds what is to be in it.
  init(
    _ options: Ext4Options, in folder: URL, named name: String = "image",
    sourceLocation: SourceLocation = #_sourceLocation,
    _ fill: (inout Ext4Writer) throws -> Void = { _ in }
  ) throws {
    url = folder.appendingPathComponent(name)
    let output = try ImageFile(url)
    var writer = try Ext4Writer(options, to: output)
    try fill(&writer)
    layout = try writer.finish()
    output.setSize(layout.size.rawValue)
    writes = output.writes
    try expectSound(sourceLocation: sourceLocation)
  }

  func expectSound(sourceLocation: SourceLocation = #_sourceLocation) throws {
    try Ext4Tests.expectSound(url, sourceLocation: sourceLocation)
  }

  /// What debugfs answers.
  func ask(_ request: String) throws -> String {
    try OutsideTool.run("debugfs", ["-R", request, url.path]).output
  }
}

/// e2fsck has nothing to say but the names of its passes, and dumpe2fs reads the superblock.
func expectSound(_ image: URL, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let check = try OutsideTool.run("e2fsck", ["-fn", image.path])
  let lines = check.output.split(separator: "\n")
  #expect(check.status == 0, "\(check.output)", sourceLocation: sourceLocation)
  #expect(lines.count == 7, "\(check.output)", sourceLocation: sourceLocation)
  for (number, line) in lines.dropFirst().prefix(5).enumerated() {
    #expect(line.hasPrefix("Pass \(number + 1): "), sourceLocation: sourceLocation)
  }
  let head = try OutsideTool.run("dumpe2fs", ["-h", image.path])
  #expect(head.status == 0, "\(head.output)", sourceLocation: sourceLocation)
}

extension Ext4Options {
  /// Options for tests, with ids that are seen in a dump.
  static func test(
    _ size: Size, label: String = "test", journal: Journal = .bySize, growth: UInt64? = nil,
    inodes: Int? = nil, reserve: Int = 0
  ) -> Ext4Options {
    Ext4Options(
      size: size, uuid: Array(0x10..<0x20), hashSeed: Array(0xA0..<0xB0),
      label: Array(label.utf8), time: .time(1_700_000_000), journal: journal,
      growth: growth.map { .init($0) }, inodes: inodes, reserve: reserve)
  }
}

extension Ext4Time {
  static func time(_ seconds: Int64, _ nanoseconds: UInt32 = 0) -> Ext4Time {
    Ext4Time(seconds: seconds, nanoseconds: nanoseconds)
  }
}

extension Ext4Attributes {
  static func plain(_ permissions: UInt16 = 0o644) -> Ext4Attributes {
    Ext4Attributes(permissions: permissions, times: Ext4Times(modified: .time(1_600_000_000)))
  }
}

extension [UInt8] {
  init(_ text: String) { self = Array(text.utf8) }
}
