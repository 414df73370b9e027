public import Diagnostics
public import Measures

/// A range of memory that somebody needs for itself at some stage of a boot.
public struct Claim: Sendable, Hashable {
  /// What it is for, so that a drawing can give each its colour.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case bootloader, script, tree, xen, kernel, initrd, reserved, secure
    case grantTable = "grant-table"
    case xenHeap = "xen-heap"
    case frameTable = "frame-table"
    case dom0
  }

  /// From when on the range is taken. Claims of one stage must not meet, but for dom0's files, which
  /// lie within its banks; those of a later stage may lie where an earlier one is over, as dom0's
  /// memory does over U-Boot's.
  public enum Stage: String, Sendable, Hashable, CaseIterable, Comparable {
    /// While U-Boot runs, up to the jump into Xen.
    case loading
    /// What Linux takes as it unpacks itself, where nothing stands between it and U-Boot.
    case linux
    /// What Xen takes for itself as it starts.
    case xen
    /// What Xen gives to dom0, and where it copies dom0's files to.
    case dom0

    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .loading: 0
      case .linux: 1
      case .xen: 2
      case .dom0: 3
      }
    }
  }

  /// Who needs it, in the words of a sentence: `the dom0 kernel`, `the tree after U-Boot moved it`.
  public let owner: String
  public let range: AddressRange
  /// Why it is so large or lies there.
  public let reason: String
  public let kind: Kind
  public let stage: Stage
  /// The line that says so, where a person wrote one: of the board's, the SoC's or the project's
  /// file.
  public let source: SourceSpan?
  /// Who gives it its address; nil for what follows from something else, or cannot be moved.
  public let setting: AddressSetting?

  public init(
    owner: String, range: AddressRange, reason: String, kind: Kind = .reserved,
    stage: Stage = .loading, source: SourceSpan? = nil, setting: AddressSetting? = nil
  ) {
    self.owner = owner
    self.range = range
    self.reason = reason
    self.kind = kind
    self.stage = stage
    self.source = source
    self.setting = setting
  }
}
