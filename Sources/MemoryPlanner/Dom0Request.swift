public import Measures

/// What dom0 is to have, and what Xen copies into its memory.
public struct Dom0Request: Sendable, Hashable {
  /// Its kernel as Xen looks at it.
  public struct Kernel: Sendable, Hashable {
    /// From the header's start to its end, with a tree that is appended (Xen `kernel.c`).
    public let length: ByteCount
    /// Where it wants to run; nil where it runs anywhere.
    public let start: Address?
    /// Where the file lies when Xen packs it out, and its size once that is done; nil where it is not
    /// packed.
    public let packed: Packed?

    public struct Packed: Sendable, Hashable {
      public let module: AddressRange
      public let unpacked: ByteCount

      public init(module: AddressRange, unpacked: ByteCount) {
        self.module = module
        self.unpacked = unpacked
      }
    }

    public init(length: ByteCount, start: Address? = nil, packed: Packed? = nil) {
      self.length = length
      self.start = start
      self.packed = packed
    }
  }

  /// `dom0_mem`.
  public let memory: ByteCount
  public let kernel: Kernel
  /// Nil where there is none.
  public let initrd: ByteCount?
  /// The size of the tree that Xen gets; dom0's is made of it and is about as large.
  public let tree: ByteCount
  /// Whether other processors run, and may clear memory in the background: not with one processor,
  /// `maxcpus=1` or `bootscrub=0`.
  public let clears: Bool
  /// Bits of the addresses that dom0's first bank may have.
  public let lowBits: Int

  public init(
    memory: ByteCount, kernel: Kernel, initrd: ByteCount?, tree: ByteCount, clears: Bool = true,
    lowBits: Int = 32
  ) {
    self.memory = memory
    self.kernel = kernel
    self.initrd = initrd
    self.tree = tree
    self.clears = clears
    self.lowBits = lowBits
  }

  /// The same with other memory.
  func with(memory: ByteCount) -> Dom0Request {
    Dom0Request(
      memory: memory, kernel: kernel, initrd: initrd, tree: tree, clears: clears,
      lowBits: lowBits)
  }
}
