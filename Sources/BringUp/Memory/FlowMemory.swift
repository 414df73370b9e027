import Boards
import Diagnostics
import Measures
import MemoryPlanner

/// Memory before a flow's files are put into it.
struct FlowMemory {
  /// The RAM that every variant of the board has.
  let memory: AddressRange
  /// What is taken whatever is loaded.
  let fixed: [Claim]
  /// What is taken by some ways to boot only, as over USB: nothing is put there by choice.
  private let shunned: [Claim]

  init(_ draft: FlowDraft, of request: FlowRequest) throws {
    memory = try request.board.smallestMemory(on: request.soc)
    fixed = try MemoryPlan.fixed(
      board: request.board, soc: request.soc, tree: request.parts.tree.tree, sets: draft.sets)
    shunned = request.soc.claims
  }

  /// Everybody's claims at the addresses that they have, and what is wrong with them.
  func survey(_ requests: [PlacementRequest]) -> MemorySurvey {
    MemorySurvey(memory: [memory], fixed: fixed, requests: requests)
  }

  /// Scripts and trees name the addresses that are found, and may become longer by that: so much more
  /// is kept free for each while places are looked for.
  private static let slack: UInt64 = 0x1000

  /// Claims of all that had no address, each with one.
  func found(for draft: FlowDraft) throws(PlacementError) -> [Claim] {
    let survey = survey(draft.requests.filter { !draft.isOpen($0) })
    if let fault = survey.faults.first { throw fault }
    return try MemoryPlan(
      memory: memory, fixed: survey.claims + kept(for: draft),
      requests: draft.requests.filter(draft.isOpen).map {
        PlacementRequest(
          owner: $0.owner, kind: $0.kind, address: nil, size: Self.wider($0.size),
          alignment: $0.alignment, reason: $0.reason, setting: $0.setting, source: $0.source)
      }
    ).claims
  }

  /// What must stay free beside the claims themselves.
  private func kept(for draft: FlowDraft) -> [Claim] {
    // What U-Boot moves to the end of a window begins lower where it becomes longer.
    var kept = fixed.filter { $0.kind == .tree || $0.kind == .initrd }.compactMap { claim in
      let start = Address(
        claim.range.start.rawValue - min(claim.range.start.rawValue, 2 * Self.slack))
      return AddressRange(start: start, end: claim.range.start)
    }
    kept += shunned.map(\.range)
    // U-Boot takes 0 for no address.
    if let zero = AddressRange(start: 0, size: ByteCount(Self.slack)) { kept.append(zero) }
    // Where U-Boot moves no file, Linux finds it where it was loaded.
    if !draft.sets.contains(where: { $0.movedTree != nil }) {
      kept += draft.unpacking?.claims.map(\.range) ?? []
    }
    return kept.map {
      Claim(owner: "what stays free", range: $0, reason: "for what may become longer, or be there")
    }
  }

  /// A word on each file that lies over what is there in some ways to boot.
  func warnings(on plan: MemoryPlan) -> [Diagnostic] {
    plan.claims.filter { $0.setting?.isOurs == true }.flatMap { claim in
      shunned.filter { $0.range.overlaps(claim.range) }.map { other in
        Diagnostic(
          .warning, "\(claim.owner) overlaps \(other.owner) in memory", at: claim.source,
          notes: ["\(other.owner): \(other.range), \(other.reason)"],
          help: "load it elsewhere if the board is to boot over USB")
      }
    }
  }

  private static func wider(_ size: ByteCount) -> ByteCount {
    let (sum, overflow) = size.rawValue.addingReportingOverflow(slack)
    return overflow ? size : ByteCount(sum)
  }
}
