/// A milestone and when it was seen.
public struct MilestoneReached: Sendable, Hashable {
  public let milestone: Milestone
  /// Time since the boot started.
  public let time: Duration

  public init(_ milestone: Milestone, at time: Duration) {
    self.milestone = milestone
    self.time = time
  }
}

/// Reads a boot's milestones from its serial bytes as they come.
///
/// Milestones count in their order only: one that shows after a later one is ignored, so what Xen
/// or a second start prints again is not counted twice, and a later one says nothing about those
/// before it.
public struct MilestoneTracker: Sendable {
  /// What was reached, in order.
  public private(set) var reached: [MilestoneReached] = []
  private var matchers: [MarkMatcher]
  private var history: LineHistory

  /// Looks for the milestones up to and including `last`, and keeps the last `lines` lines for a
  /// report.
  public init(until last: Milestone = .prompt, keepingLines lines: Int = 20) {
    self.matchers = Milestone.allCases.filter { $0 <= last }.flatMap { milestone in
      milestone.marks.map { MarkMatcher($0, shows: milestone) }
    }
    self.history = LineHistory(count: lines)
  }

  /// Takes in the next bytes, split anywhere, seen `time` after the start; what they reached.
  public mutating func consume(_ bytes: Span<UInt8>, at time: Duration) -> [MilestoneReached] {
    let before = reached.count
    for index in bytes.indices {
      let byte = bytes[index]
      history.consume(byte)
      if let milestone = match(byte) { reach(milestone, at: time) }
    }
    return Array(reached[before...])
  }

  /// Notes a milestone that was shown by other means than a mark; whether it counts.
  @discardableResult
  public mutating func reach(_ milestone: Milestone, at time: Duration) -> Bool {
    if let last = reached.last, milestone <= last.milestone { return false }
    reached.append(MilestoneReached(milestone, at: time))
    matchers.removeAll { $0.milestone <= milestone }
    return true
  }

  /// Whether `milestone` itself was seen.
  public func hasReached(_ milestone: Milestone) -> Bool {
    reached.contains { $0.milestone == milestone }
  }

  /// The first of `expected` that was not seen.
  public func firstMissing(of expected: [Milestone]) -> Milestone? {
    expected.first { !hasReached($0) }
  }

  /// Why the boot script gave up, in its own words; nil while it has not.
  public var scriptStop: String? { history.scriptStop }

  /// The last lines seen, fit for a terminal.
  public var lastLines: [String] { history.text }

  private mutating func match(_ byte: UInt8) -> Milestone? {
    var found: Milestone?
    // Every matcher must see every byte, so the loop does not stop at the first that is complete.
    for index in matchers.indices where matchers[index].consume(byte) {
      found = found ?? matchers[index].milestone
    }
    return found
  }
}
