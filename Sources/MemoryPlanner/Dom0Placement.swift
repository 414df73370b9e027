public import Measures

/// Where Xen puts dom0, as far as that can be known before the boot.
public enum Dom0Placement: Sendable, Hashable {
  /// Every boot gives these banks, and dom0's files lie there.
  case determined(Dom0Layout)
  /// Every boot finds room for dom0, but not every boot the same: these are the ways, by address of
  /// the first bank. There are at least two.
  case varies([Dom0Layout])
  /// Some boots may end in a panic, or nothing could be shown of them.
  case mayFail(Reason)
  /// No boot gets as far as dom0.
  case cannotFit(Reason)
}

/// Where dom0's memory is and what Xen copies into it. Memory is mapped 1:1, so addresses are those of
/// the machine and of dom0 alike.
public struct Dom0Layout: Sendable, Hashable {
  /// By address, as Xen prints them (`BANK[0] …`).
  public let banks: [AddressRange]
  /// Where the zImage is copied to; of its own length, without what it takes once unpacked.
  public let kernel: AddressRange
  /// Where dom0's tree is put. Its length is that of the room kept for it: Xen writes the tree while
  /// it starts.
  public let tree: AddressRange
  public let initrd: AddressRange?

  public init(
    banks: [AddressRange], kernel: AddressRange, tree: AddressRange, initrd: AddressRange?
  ) {
    self.banks = banks
    self.kernel = kernel
    self.tree = tree
    self.initrd = initrd
  }
}

extension Dom0Placement {
  /// Why dom0 may not, or cannot, be placed.
  public enum Reason: Error, Sendable, Hashable {
    /// This version's ways have not been modelled.
    case unknownVersion
    /// Xen's own heap or its table of pages finds no room.
    case noRoomForXen
    /// All free memory together is less than dom0 is to have.
    case tooLittle(free: ByteCount)
    /// No free block is large enough for dom0's first bank, which takes at least `least`, a power of
    /// two, and lies below `below`.
    case noFirstBank(least: ByteCount, below: Address)
    /// Blocks run out before dom0 has all of its memory; so many bytes are missing in the worst of
    /// the boots.
    case unallocated(ByteCount)
    /// Kernel, tree and RAM disk do not fit into the first bank, which is at most so large.
    case firstBankTooSmall(ByteCount)
    /// The tree nearly fills its whole 2 MiB, and dom0's is a little larger.
    case treeNearlyFull(ByteCount)
    /// The last of dom0's memory is asked for in pieces below 4 MiB, of which Xen takes some itself.
    case smallPieces(ByteCount)
    /// The kernel's fixed address is not in dom0's first bank.
    case kernelOutside(Address)
    /// There are more ways to place dom0 than were looked at.
    case tooManyWays(looked: Int)
  }
}
