import Boards
public import Diagnostics
import Measures
public import MemoryPlanner

/// What cannot lie in memory where it is to lie. Nothing is built from such a plan, but it can be drawn.
public struct MemoryFault: Error, Sendable {
  /// Memory with all that has an address, and every clash. What Xen or Linux would make of it is not
  /// in there: they would not start.
  public let map: MemoryMap
  /// One for each fault, the first in the order of what is loaded. Never empty.
  public let diagnostics: [Diagnostic]

  /// - Parameters:
  ///   - survey: of all that has an address.
  ///   - fault: what is told where nothing of `survey` is at fault, but a search was in vain.
  init(
    _ survey: MemorySurvey, or fault: PlacementError, on board: Board, _ soc: SoC
  ) throws {
    map = MemoryMap(
      regions: try board.regions(on: soc), claims: soc.loadingClaims(beside: survey.claims),
      clashes: survey.clashes)
    diagnostics = (survey.faults.isEmpty ? [fault] : survey.faults).map(\.diagnostic)
  }

  /// Nil where a kernel that unpacks itself writes over nothing that is needed.
  init?(_ unpacking: KernelUnpacking?, _ plan: MemoryPlan, on board: Board, _ soc: SoC) throws {
    let claims = soc.loadingClaims(beside: plan.claims)
    guard let unpacking, case let clashes = unpacking.clashes(with: claims), !clashes.isEmpty
    else { return nil }
    map = MemoryMap(
      regions: try board.regions(on: soc), claims: claims + unpacking.claims, clashes: clashes)
    diagnostics = map.clashes.map(\.diagnostic)
  }
}

extension MemoryFault: DiagnosticConvertible {
  /// The first of them.
  public var diagnostic: Diagnostic {
    diagnostics.first ?? Diagnostic(.error, "something has no place in memory")
  }
}
