import Measures

/// A blob as it stands: nodes and properties by number, in file order, with their offsets; the bytes
/// are kept and values are looked at where they lie. It is what a judge of trees wants, who visits
/// each node of many trees once; `DeviceTree` is for who changes one.
///
/// ```
/// nodes       0 /        1 /cpus      2 /cpus/cpu@0   3 /soc …    (preorder)
/// subtree     0..<end(0)              2..<end(2)
/// properties  those of a node stand together
/// names       each property name once, with its `KnownName` if it is one
/// ```
///
/// Made by `scanning`, which takes any bytes.
public final class FlatTree: Sendable {
  /// The blob, as far as its header says that it goes.
  public let bytes: [UInt8]
  public let header: DeviceTree.Header
  /// Where the blocks lie.
  public let layout: BlockLayout
  /// The entries of the memory reservation block, and where each stands.
  public let reservations: [(entry: MemoryReservation, offset: Int)]
  @usableFromInline let nodes: [NodeRecord]
  @usableFromInline let properties: [PropertyRecord]
  public let names: [NameRecord]
  let nameTable: NameTable
  let childTable: ChildTable
  let crowdedNodes: CrowdedNodes

  init(
    bytes: [UInt8], header: DeviceTree.Header, layout: BlockLayout,
    reservations: [(entry: MemoryReservation, offset: Int)], structure: StructureScanner
  ) {
    self.bytes = bytes
    self.header = header
    self.layout = layout
    self.reservations = reservations
    nodes = structure.nodes
    properties = structure.properties
    nameTable = structure.names
    names = structure.names.records
    childTable = ChildTable(structure.nodes, nameHashes: structure.nameHashes, in: bytes)
    crowdedNodes = CrowdedNodes(structure.nodes, structure.properties)
  }
}

/// A node of a `FlatTree`, by number: 0 is the root, children follow their parents.
@frozen public struct NodeID: Sendable, Hashable, Comparable {
  public let index: Int32

  @inlinable public init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.index < right.index }

  public static let root = NodeID(0)
}

/// A property of a `FlatTree`, by number.
@frozen public struct PropertyID: Sendable, Hashable, Comparable {
  public let index: Int32

  @inlinable public init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.index < right.index }
}

@usableFromInline struct NodeRecord: Sendable {
  /// Offset of the name's first byte; the node's token stands four bytes before it.
  @usableFromInline var nameStart: Int32
  @usableFromInline var nameLength: UInt16
  /// How many bytes of the name stand before its first `@`.
  @usableFromInline var baseLength: UInt16
  /// Whether the name is made of `LetterSet.node`.
  @usableFromInline var hasPlainName: Bool
  /// 0 for the root.
  @usableFromInline var depth: Int32
  /// -1 for the root.
  @usableFromInline var parent: Int32
  @usableFromInline var firstProperty: Int32
  @usableFromInline var propertyCount: Int32
  /// The number behind the last node of the subtree.
  @usableFromInline var end: Int32
}

@usableFromInline struct PropertyRecord: Sendable {
  /// Which of the names.
  @usableFromInline var name: Int32
  @usableFromInline var node: Int32
  /// Offset of the value's first byte; the property's token stands twelve bytes before it.
  @usableFromInline var start: Int32
  @usableFromInline var length: Int32
  @usableFromInline var known: KnownName?
}

/// A property name of a `FlatTree`.
public struct NameRecord: Sendable {
  /// Where it stands in the blob, its zero byte not among them.
  public let range: Range<Int>
  public let known: KnownName?
  /// The place of `known` in `KnownName.allCases`, for tables of them; -1 for other names.
  public let knownNumber: Int
  /// Whether it is made of `LetterSet.property`.
  public let isPlain: Bool
}
