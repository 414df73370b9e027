import Ext4
import Foundation
import Testing

/// What is known of a path, whoever tells it: the source, the kernel, our reader.
struct Facts: Equatable {
  var mode: UInt32
  var links: UInt64
  var owner: UInt32
  var group: UInt32
  /// Of files and symbolic links; a folder's is the file system's own affair.
  var size: UInt64 = 0
  var accessed = Ext4Time(seconds: 0)
  var modified = Ext4Time(seconds: 0)
  var changed = Ext4Time(seconds: 0)
  /// Major and minor.
  var device: [UInt32] = []
  var target: [UInt8] = []
  var attributes: [[UInt8]: [UInt8]] = [:]
  var content: [UInt8] = []
  /// The first of all paths with the same inode, in the order of their bytes.
  var first: [UInt8] = []
}

/// A path's bytes, with slashes between names; empty for the root.
typealias Path = [UInt8]

/// Everything in a file system.
typealias Inventory = [Path: Facts]

/// Compares path by path, so that a difference is seen at once.
func expectEqual(
  _ found: Inventory, _ wanted: Inventory, sourceLocation: SourceLocation = #_sourceLocation
) {
  func words(_ paths: some Sequence<Path>) -> [String] {
    paths.map { String(decoding: $0, as: UTF8.self) }.sorted()
  }
  let extra = words(Set(found.keys).subtracting(wanted.keys))
  let missing = words(Set(wanted.keys).subtracting(found.keys))
  #expect(extra.isEmpty, sourceLocation: sourceLocation)
  #expect(missing.isEmpty, sourceLocation: sourceLocation)
  for (path, facts) in wanted {
    guard let other = found[path], other != facts else { continue }
    let differences = zip(Mirror(reflecting: other).children, Mirror(reflecting: facts).children)
      .map { ($0.label ?? "", "\($0.value)".prefix(200), "\($1.value)".prefix(200)) }
      .filter { $0.1 != $0.2 }.map { "\($0.0): \($0.1), not \($0.2)" }
    Issue.record(
      "\(words([path])): \(differences.isEmpty ? ["content"] : differences)",
      sourceLocation: sourceLocation)
  }
}

extension Inventory {
  /// Fills in which paths are the same file, from numbers.
  mutating func join(by inodes: [Path: UInt64]) {
    var first: [UInt64: Path] = [:]
    for path in keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      guard let inode = inodes[path] else { continue }
      if first[inode] == nil { first[inode] = path }
      self[path]?.first = first[inode] ?? path
    }
  }
}
