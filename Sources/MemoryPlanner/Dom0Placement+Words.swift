import Measures

extension Dom0Placement.Reason: CustomStringConvertible {
  /// A sentence without a full stop.
  public var description: String {
    switch self {
    case .unknownVersion: "how this version of Xen places dom0 is not known"
    case .noRoomForXen: "Xen's own heap or its table of pages finds no room"
    case .tooLittle(let free): "only \(free) of memory is free for dom0"
    case .noFirstBank(let least, let limit):
      "no free block of \(least) at a multiple of its size lies below \(limit) for dom0's first bank"
    case .unallocated(let missing):
      "Xen may find no block for the last \(missing) of dom0's memory"
    case .firstBankTooSmall(let size):
      "kernel, tree and RAM disk do not fit into a first bank of \(size)"
    case .kernelOutside(let address):
      "the kernel wants to run at \(address), which is not in dom0's first bank"
    case .tooManyWays(let looked):
      "Xen has more than \(looked) ways to place dom0, and not all were looked at"
    }
  }
}

extension Dom0Placement {
  /// What is known, in one word for tables and JSON.
  public var word: String {
    switch self {
    case .determined: "determined"
    case .varies: "varies"
    case .mayFail: "may fail"
    case .cannotFit: "cannot fit"
    }
  }
}
