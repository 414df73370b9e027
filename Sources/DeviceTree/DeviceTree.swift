public import Measures

/// A flattened device tree as values: what a blob (DTB) says, without offsets or padding.
///
/// Source: Devicetree Specification v0.4, chapter 5.
public struct DeviceTree: Sendable, Hashable {
  /// Memory that the tree's `/memreserve/` entries keep from the operating system, in file order.
  public var reservations: [MemoryReservation]
  /// The physical id of the processor that boots (`boot_cpuid_phys` in the header).
  public var bootProcessor: UInt32
  /// The node `/`; its name is empty.
  public var root: Node

  public init(
    reservations: [MemoryReservation] = [], bootProcessor: UInt32 = 0, root: Node = Node(name: "")
  ) {
    self.reservations = reservations
    self.bootProcessor = bootProcessor
    self.root = root
  }
}

/// One entry of the memory reservation block (`/memreserve/` in source text).
public struct MemoryReservation: Sendable, Hashable {
  public var address: Address
  public var size: ByteCount

  public init(address: Address, size: ByteCount) {
    self.address = address
    self.size = size
  }
}
