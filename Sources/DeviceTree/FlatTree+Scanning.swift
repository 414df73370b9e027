import Bytes
import Measures

extension FlatTree {
  /// What became of some bytes.
  public struct Scan: Sendable {
    /// Nil where a fault left no way to go on.
    public let tree: FlatTree?
    /// What is wrong, in the order in which it was met.
    public let faults: [DeviceTreeError]
  }

  /// Reads a blob and goes on behind each fault that leaves a way. Whatever the bytes are, time and
  /// memory grow with their number only, and no fault is read as something else: a tree with faults
  /// holds what the bytes say in spite of them.
  public static func scanning(_ bytes: [UInt8], limits: DeviceTree.Limits = .standard) -> Scan {
    var faults = FaultList()
    do {
      let header = try DeviceTree.Header(parsing: bytes.span.bytes, &faults)
      let layout = try BlockLayout(header, available: bytes.count, &faults)
      // Nothing behind the total size is part of the blob.
      let size = layout.totalSize
      let blob = size == bytes.count ? bytes : Array(bytes[..<size])
      let reservations = Self.reservations(in: blob, layout.reservations, &faults)
      var structure = StructureScanner(
        bytes: blob, layout: layout, limits: limits, faults: faults)
      try structure.scan()
      let tree = FlatTree(
        bytes: blob, header: header, layout: layout, reservations: reservations,
        structure: structure)
      faults = structure.faults
      tree.findNamesakes(&faults)
      return Scan(tree: tree, faults: faults.all)
    } catch {
      faults.note(error.fault)
      return Scan(tree: nil, faults: (error.before?.all ?? []) + faults.all)
    }
  }

  /// Pairs of 64-bit address and size up to the pair of zeroes that ends them.
  ///
  /// Source: Devicetree Specification v0.4, section 5.3.
  private static func reservations(
    in bytes: [UInt8], _ range: Range<Int>, _ faults: inout FaultList
  ) -> [(entry: MemoryReservation, offset: Int)] {
    let span = bytes.span.bytes
    var found: [(entry: MemoryReservation, offset: Int)] = []
    for offset in stride(from: range.lowerBound, through: range.upperBound - 16, by: 16) {
      guard let address = try? span.bigEndianUInt64(at: offset),
        let size = try? span.bigEndianUInt64(at: offset + 8)
      else { break }
      if address == 0, size == 0 { return found }
      found.append((MemoryReservation(address: Address(address), size: ByteCount(size)), offset))
    }
    faults.note(.unterminatedReservations(at: range.upperBound))
    return []
  }

  /// Sibling nodes of one name.
  private func findNamesakes(_ faults: inout FaultList) {
    for node in childTable.namesakes {
      let name = nameRange(node)
      faults.note(.duplicateNode(text(name), at: name.lowerBound))
    }
  }
}

/// A fault that leaves no way to go on.
struct FatalFault: Error {
  let fault: DeviceTreeError
  /// What was noted before it, where the list has been handed on.
  var before: FaultList?

  init(_ fault: DeviceTreeError, before: FaultList? = nil) {
    self.fault = fault
    self.before = before
  }
}

/// The faults of one blob, of which a hostile one could have as many as it has words.
struct FaultList: Sendable {
  private(set) var all: [DeviceTreeError] = []
  private static let most = 1000

  mutating func note(_ fault: DeviceTreeError) {
    if all.count < Self.most { all.append(fault) }
  }
}
