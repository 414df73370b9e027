import Measures
import MemoryPlanner

/// What stands beside a range of a drawn map: whose it is, and why.
///
/// ```
///   the device tree  the file, before U-Boot moves it
///   the device tree where U-Boot moves it to               what does not fit beside its name
///     the last of bootm_low + bootm_size                   stands below it
/// ```
struct MapLabel {
  struct Line {
    var name: String?
    var reason: String?
  }

  let range: AddressRange
  let name: String
  let lines: [Line]
  let isBad: Bool
  /// Stands at the start of its range, and not at its middle.
  let isAtStart: Bool
  /// The lane at whose left end the line to it begins.
  let lane: Int
  /// Where that line begins, and where the first line of text stands, in pixels; still to be found.
  var from = 0.0
  var y = 0.0

  /// One for each region and each claim.
  ///
  /// - Parameter letters: that stand side by side.
  static func all(of map: MemoryMap, stages: [Claim.Stage], letters: Int) -> [MapLabel] {
    let bad = Set(map.clashes.flatMap { [$0.claim, $0.other].compactMap { $0 } })
    let regions = map.regions.map { region in
      MapLabel(
        range: region.range, name: region.name,
        lines: lines(region.name, reason: "", letters: letters), isBad: false,
        isAtStart: region.kind == .ram, lane: stages.count)
    }
    return regions
      + map.claims.compactMap { claim in
        guard let lane = stages.firstIndex(of: claim.stage) else { return nil }
        return MapLabel(
          range: claim.range, name: claim.owner,
          lines: lines(claim.owner, reason: claim.reason, letters: letters),
          isBad: bad.contains(claim), isAtStart: false, lane: lane + 1)
      }
  }

  private static func lines(_ name: String, reason: String, letters: Int) -> [Line] {
    var lines = WrappedText.lines(name, letters: letters).map { Line(name: $0) }
    if lines.isEmpty { lines = [Line()] }
    let used = TerminalWidth.of(lines[lines.count - 1].name ?? "")
    if reason.isEmpty { return lines }
    if used + 2 + TerminalWidth.of(reason) <= letters {
      lines[lines.count - 1].reason = reason
      return lines
    }
    return lines + WrappedText.lines(reason, letters: letters - 2).map { Line(reason: $0) }
  }
}
