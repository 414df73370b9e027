import Measures

extension Dom0Placement.Reason: CustomStringConvertible {
  /// A sentence without a full stop.
  public var description: String {
    switch self {
    case .unknownVersion: "how this version of Xen places dom0 in such memory is not known"
    case .noRoomForXen: "Xen's own heap or its table of pages finds no room"
    case .tooLittle(let free): "only \(free) of memory is free for dom0"
    case .noFirstBank(let least, let limit):
      "no free block of \(least) at a multiple of its size lies below \(limit) for dom0's first bank"
    case .unallocated(let missing):
      "no block of 4 MiB or more may be left for the last \(missing) of dom0's memory"
    case .firstBankTooSmall(let size):
      "kernel, tree and RAM disk do not fit into a first bank of \(size)"
    case .treeNearlyFull(let size):
      "dom0's tree is made of one of \(size), and may or may not outgrow a whole number of 2 MiB"
    case .smallPieces(let size):
      "the last \(size) of dom0's memory come in pieces below 4 MiB, of which Xen takes some itself"
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
