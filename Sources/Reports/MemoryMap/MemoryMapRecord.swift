import Diagnostics
import Measures
public import MemoryPlanner

/// A memory map in JSON. Addresses are hexadecimal texts, sizes are bytes; absent facts are left out.
public struct MemoryMapRecord: Encodable, Sendable {
  struct Range: Encodable {
    let start: String
    let end: String
    let size: UInt64

    init(_ range: AddressRange) {
      start = range.start.description
      end = range.end.description
      size = range.size.rawValue
    }
  }

  struct Region: Encodable {
    let name: String
    let kind: String
    let range: Range
    let source: String?
  }

  struct Claim: Encodable {
    let owner: String
    let kind: String
    let stage: String
    let range: Range
    let reason: String
    let source: String?

    init(_ claim: MemoryPlanner.Claim) {
      owner = claim.owner
      kind = claim.kind.rawValue
      stage = claim.stage.rawValue
      range = Range(claim.range)
      reason = claim.reason
      source = claim.source?.description
    }
  }

  struct Clash: Encodable {
    let message: String
    let claim: String
    let other: String?
    let range: Range
    let nearest: String?
  }

  struct Layout: Encodable {
    let banks: [Range]
    let kernel: Range
    let tree: Range
    let initrd: Range?

    init(_ layout: Dom0Layout) {
      banks = layout.banks.map(Range.init)
      kernel = Range(layout.kernel)
      tree = Range(layout.tree)
      initrd = layout.initrd.map(Range.init)
    }
  }

  struct Dom0: Encodable {
    /// `determined`, `varies`, `may fail` or `cannot fit`.
    let placement: String
    let words: String
    /// One where it is determined, several where it varies.
    let layouts: [Layout]
    /// In bytes; where it is not determined, sizes of its memory that would be.
    let determinedSizes: [UInt64]?

    init(_ placement: Dom0Placement, _ sizes: [ByteCount]?) {
      determinedSizes = sizes?.map(\.rawValue)
      self.placement = placement.word
      words = placement.sentence
      switch placement {
      case .determined(let layout): layouts = [Layout(layout)]
      case .varies(let all): layouts = all.map(Layout.init)
      case .mayFail, .cannotFit: layouts = []
      }
    }
  }

  struct Xen: Encodable {
    let banks: [Range]
    let unused: [Range]
    let heap: Range?
    let frameTable: Range?
  }

  let regions: [Region]
  let claims: [Claim]
  let clashes: [Clash]
  let xen: Xen?
  let dom0: Dom0?

  public init(_ map: MemoryMap) {
    regions = map.regions.map {
      Region(
        name: $0.name, kind: $0.kind.rawValue, range: Range($0.range),
        source: $0.source?.description)
    }
    claims = map.claims.map(Claim.init)
    clashes = map.clashes.map {
      Clash(
        message: $0.message, claim: $0.claim.owner, other: $0.other?.owner, range: Range($0.range),
        nearest: $0.nearest?.description)
    }
    xen = map.xen.map {
      Xen(
        banks: $0.banks.map(Range.init), unused: $0.unused.map(Range.init),
        heap: $0.heap.map(Range.init), frameTable: $0.frameTable.map(Range.init))
    }
    dom0 = map.dom0.map { Dom0($0, map.determinedSizes) }
  }
}
