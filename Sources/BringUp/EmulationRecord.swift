import Boards
public import BootLog
public import Emulator

/// The result of an emulated boot, for programs.
public struct EmulationRecord: Encodable, Sendable {
  struct MilestoneRecord: Encodable {
    let id: String
    let title: String
    let seconds: Double
  }

  /// The project's board, the board that was booted, and QEMU's name for its machine.
  let board: String
  let booted: String
  /// Whether another board stood in.
  let sister: Bool
  let until: String
  let reached: Bool
  let milestones: [MilestoneRecord]
  /// The first expected milestone that never came.
  let missing: String?
  let lastLines: [String]

  enum CodingKeys: String, CodingKey {
    case board, booted, sister, until, reached, milestones, missing
    case lastLines = "last_lines"
  }

  public init(_ boot: EmulatedBuild, _ result: BootResult) {
    board = boot.board.name
    booted = boot.standIn.name
    sister = boot.standIn.name != boot.board.name
    until = boot.until.id
    reached = result.hasReached(boot.until)
    milestones = result.milestones.map {
      MilestoneRecord(
        id: $0.milestone.id, title: $0.milestone.title, seconds: $0.time.roundedSeconds)
    }
    missing = result.missing?.id
    lastLines = result.lastLines
  }
}

extension BootResult {
  /// Whether the milestone came.
  public func hasReached(_ milestone: Milestone) -> Bool {
    milestones.contains { $0.milestone == milestone }
  }
}

extension Duration {
  /// To hundredths, which is what a serial line can be read to.
  public var roundedSeconds: Double {
    let (seconds, attoseconds) = components
    return (Double(seconds) + Double(attoseconds) / 1e18).roundedToHundredths
  }
}

extension Double {
  fileprivate var roundedToHundredths: Double { (self * 100).rounded() / 100 }
}
