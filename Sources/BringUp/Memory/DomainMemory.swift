import Boards
import Diagnostics
import Measures
import MemoryPlanner
import Workspace
import XenTree

/// Whether the board's RAM holds what dom0 and the guests are to have, variant by variant. Which variant
/// is meant cannot be known, so only what none can hold is a fault.
struct DomainMemory {
  /// What no variant can hold; nil where one can.
  private(set) var fault: Diagnostic?
  /// What only some variants can hold, or some boots.
  private(set) var warnings: [Diagnostic] = []

  private let plan: BuildPlan

  init(_ plan: BuildPlan) {
    self.plan = plan
    guard plan.project.flow.hasXen else { return }
    judgeDom0()
    if fault == nil { judgeSum() }
  }

  /// Xen's own heap is never smaller on 32-bit ARM (Xen 4.17, `xen/arch/arm/setup.c`, `setup_mm`).
  private static let leastHeap = ByteCount.mebibytes(32)

  // MARK: dom0 by itself

  private typealias Failure = (variant: ByteCount, reason: Dom0Placement.Reason)

  private mutating func judgeDom0() {
    guard let wanted = plan.dom0Memory else { return }
    let placements = plan.placements()
    var (impossible, doubtful): ([Failure], [Failure]) = ([], [])
    for (variant, placement) in placements {
      let most = ram(of: variant).less(Self.leastHeap)
      switch placement {
      case .cannotFit(let reason): impossible.append((variant, reason))
      case _ where wanted > most: impossible.append((variant, .tooLittle(free: most)))
      // Nothing is known, and nothing would help.
      case .mayFail(.unknownVersion): break
      case .mayFail(let reason): doubtful.append((variant, reason))
      case .determined, .varies: break
      }
    }
    guard !impossible.isEmpty || !doubtful.isEmpty else { return }
    let condition =
      impossible.count < placements.count && doubtful.isEmpty
      ? "unless yours has more RAM, " : ""
    let help = advice(for: wanted, condition)
    func say(_ severity: Severity, _ words: String, _ failures: [Failure])
      -> Diagnostic
    {
      Diagnostic(
        severity, words, at: plan.project.dom0.memorySpan,
        notes: failures.map { "with \($0.variant) of RAM: \($0.reason)" }, help: help)
    }
    guard impossible.count < placements.count else {
      fault = say(
        .error, "dom0 cannot have \(wanted) of memory on the \(plan.board.name)", impossible)
      return
    }
    if !impossible.isEmpty {
      warnings.append(
        say(
          .warning,
          "dom0 cannot have \(wanted) of memory on the \(named(impossible.map(\.variant)))",
          impossible))
    }
    if !doubtful.isEmpty {
      warnings.append(
        say(
          .warning,
          "a boot may fail to give dom0 \(wanted) of memory on the "
            + named(doubtful.map(\.variant)), doubtful))
    }
  }

  /// `cubietruck with 1 GiB of RAM`; the board alone where all variants are meant.
  private func named(_ variants: [ByteCount]) -> String {
    let name = plan.board.name
    return variants.count == plan.board.memory.variants.count
      ? name : "\(name) with \(variants.map(\.description).joined(separator: " or ")) of RAM"
  }

  /// A size that serves every variant, if there is one; else what is known of the largest.
  ///
  /// - Parameter condition: under which nothing has to be done, with its comma; empty for none.
  private func advice(for wanted: ByteCount, _ condition: String) -> String {
    let determined = plan.dom0Placements().map(\.sizes)
    for (sizes, words) in [
      (Self.common(determined), "every boot places alike"),
      (Self.common(plan.fittingSizes()), "every boot finds room for"),
    ] {
      guard let best = sizes.last(where: { $0 <= wanted }) ?? sizes.first else { continue }
      return condition
        + "give it a size that \(words): `dom0: { memory: \(best.compact) }` in the project file;"
        + " such sizes are \(Self.list(sizes))"
    }
    let sizes = determined.last ?? []
    return "none of the sizes that were tried is certain to find room on every variant"
      + (sizes.isEmpty
        ? ""
        : "; with \(plan.board.memory.variants.last ?? 0) of RAM, these are: \(Self.list(sizes))")
  }

  private static func list(_ sizes: [ByteCount]) -> String {
    sizes.map(\.description).joined(separator: ", ")
  }

  private static func common(_ lists: [[ByteCount]]) -> [ByteCount] {
    (lists.first ?? []).filter { size in lists.allSatisfy { $0.contains(size) } }
  }

  // MARK: All together

  /// All domains have to be there at once: with too little RAM, Xen panics with `Failed to allocate
  /// requested domain memory`.
  private mutating func judgeSum() {
    let guests = plan.project.domains.map(\.domain)
    guard !guests.isEmpty else { return }
    let dom0 = plan.dom0Memory
    let wanted = guests.map(\.memory).reduce(dom0 ?? 0) { $0.more($1) }
    let failures = plan.board.memory.variants.compactMap { variant -> (ByteCount, ByteCount)? in
      let left = plan.memoryLeft(on: variant) ?? ram(of: variant).less(Self.leastHeap)
      return wanted > left ? (variant, left) : nil
    }
    guard let best = failures.last else { return }
    let isFault = failures.count == plan.board.memory.variants.count
    let owners = dom0 == nil ? "the guests" : "dom0 and the guests"
    let diagnostic = Diagnostic(
      isFault ? .error : .warning,
      "\(owners) are to have \(wanted) of memory together, but Xen leaves \(best.1) on the "
        + named(failures.map(\.0)),
      at: plan.project.domains.first?.files.first?.file.span,
      notes: (dom0.map { ["dom0: \($0)"] } ?? []) + guests.map { "\($0.name): \($0.memory)" }
        + ["Xen keeps its heap, its table of pages and all loaded files until guests have started"],
      help: "give them less: `memory:` of the guests under `domains:`"
        + (dom0 == nil ? "" : ", or `dom0: memory:`") + " in the project file")
    if isFault { fault = diagnostic } else { warnings.append(diagnostic) }
  }

  private func ram(of variant: ByteCount) -> ByteCount {
    plan.board.memory.further.map(\.size).reduce(variant) { $0.more($1) }
  }
}

extension ByteCount {
  fileprivate func more(_ other: ByteCount) -> ByteCount {
    let (sum, overflow) = rawValue.addingReportingOverflow(other.rawValue)
    return ByteCount(overflow ? .max : sum)
  }

  fileprivate func less(_ other: ByteCount) -> ByteCount {
    ByteCount(rawValue - min(rawValue, other.rawValue))
  }
}
