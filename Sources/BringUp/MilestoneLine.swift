public import BootLog

/// A milestone as a line for a person: its time since the machine was switched on, and its title.
public enum MilestoneLine {
  public static func text(_ reached: MilestoneReached) -> String {
    let hundredths = Int((reached.time.roundedSeconds * 100).rounded())
    let (seconds, rest) = (hundredths / 100, hundredths % 100)
    let gap = String(repeating: " ", count: max(0, 6 - String(seconds).count))
    return "\(gap)\(seconds).\(rest < 10 ? "0" : "")\(rest) s  \(reached.milestone.title)"
  }
}
