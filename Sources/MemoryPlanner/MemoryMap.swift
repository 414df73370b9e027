public import Diagnostics
public import Measures

/// Physical memory with all that is in it while a board boots: what a drawing, a table or JSON shows.
///
/// ```
///   regions   | SRAM B |   | ...  registers ... |     |              RAM, bank 0               |
///   loading     monitor                               | xen | tree |  kernel  | initrd | U-Boot |
///   xen                                               | xen |                         | heap   |
///   dom0                                              |        dom0: 512 MiB           |
/// ```
///
/// It says what is known and no more: where Xen's choice is not determined, `dom0` says that, and no
/// claim of the stage `dom0` stands in `claims`.
public struct MemoryMap: Sendable, Hashable {
  /// A part of the address space that answers.
  public struct Region: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
      case ram, sram, registers
    }

    /// As people call it: `RAM`, `SRAM B`, `mmc0`.
    public let name: String
    public let kind: Kind
    public let range: AddressRange
    /// The line that says so, where a person wrote one.
    public let source: SourceSpan?

    public init(name: String, kind: Kind, range: AddressRange, source: SourceSpan? = nil) {
      self.name = name
      self.kind = kind
      self.range = range
      self.source = source
    }
  }

  /// Two claims of one stage that want the same memory, or one that wants what is no memory or begins
  /// where it must not.
  public struct Clash: Sendable, Hashable {
    /// The one that is to move, or to shrink.
    public let claim: Claim
    /// The one in its way, if that is what is wrong.
    public let other: Claim?
    /// What both want, or what of `claim` is no memory; all of it where it only begins wrong.
    public let range: AddressRange
    /// The nearest address where `claim` would fit, if there is one and it may be moved.
    public let nearest: Address?
    /// What the address of `claim` has to be a multiple of, where that is all that is wrong.
    public let alignment: UInt64?

    public init(
      claim: Claim, other: Claim?, range: AddressRange, nearest: Address?,
      alignment: UInt64? = nil
    ) {
      self.claim = claim
      self.other = other
      self.range = range
      self.nearest = nearest
      self.alignment = alignment
    }
  }

  /// By address, then the larger first; registers may lie within one another, as a tree has them.
  public let regions: [Region]
  /// By stage, then by address, then by owner.
  public let claims: [Claim]
  /// By address; empty where all is well.
  public let clashes: [Clash]
  /// What Xen makes of the memory; nil where the flow has no Xen or its version's ways are not known.
  public let xen: XenMemory?
  /// Where dom0 comes to lie; nil where there is none.
  public let dom0: Dom0Placement?

  public init(
    regions: [Region], claims: [Claim], clashes: [Clash], xen: XenMemory? = nil,
    dom0: Dom0Placement? = nil
  ) {
    self.regions = regions.sorted {
      ($0.range.start, $1.range.end, $0.name) < ($1.range.start, $0.range.end, $1.name)
    }
    self.claims = claims.sorted {
      ($0.stage, $0.range.start, $0.owner) < ($1.stage, $1.range.start, $1.owner)
    }
    self.clashes = clashes.sorted {
      ($0.range.start, $0.claim.owner) < ($1.range.start, $1.claim.owner)
    }
    self.xen = xen
    self.dom0 = dom0
  }

  /// The claims of one stage, by address.
  public func claims(at stage: Claim.Stage) -> [Claim] { claims.filter { $0.stage == stage } }

  /// The claims that reach into a region, by stage and address.
  public func claims(in region: Region) -> [Claim] {
    claims.filter { $0.range.overlaps(region.range) }
  }
}
