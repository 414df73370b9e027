import BootLog

/// Takes in the serial line of one boot: writes the log, follows the milestones, and keeps the
/// questions to the shell until one is answered.
actor BootWatch {
  /// What the reader of the serial line does next.
  enum Step: Sendable {
    case goOn
    /// A shell may be there: ask it.
    case ask
    /// What was waited for has come, or cannot come any more.
    case stop
    case fail(EmulatorError)
  }

  private let boot: EmulatedBoot
  private let start: ContinuousClock.Instant
  private let onBytes: @Sendable ([UInt8]) -> Void
  private let onMilestone: @Sendable (MilestoneReached) -> Void
  private let log: SerialLog
  private var tracker: MilestoneTracker
  private var questions: [ShellQuestion] = []
  private var messages = LineHistory()
  private(set) var isSilent = true

  init(
    _ boot: EmulatedBoot, log: consuming SerialLog, start: ContinuousClock.Instant,
    onBytes: @escaping @Sendable ([UInt8]) -> Void,
    onMilestone: @escaping @Sendable (MilestoneReached) -> Void
  ) {
    self.boot = boot
    // A machine that is quicker than its reader may be beyond the milestone already.
    self.tracker = MilestoneTracker(until: boot.isInteractive ? .prompt : boot.until)
    self.log = log
    self.start = start
    self.onBytes = onBytes
    self.onMilestone = onMilestone
  }

  /// Takes in bytes of the serial line.
  func consume(_ bytes: [UInt8]) -> Step {
    isSilent = false
    do {
      try log.write(bytes)
    } catch {
      return .fail(error)
    }
    onBytes(bytes)
    let time = start.duration(to: .now)
    var reached = tracker.consume(bytes.span, at: time)
    if isAnswered(by: bytes), tracker.reach(.prompt, at: time) {
      reached.append(MilestoneReached(.prompt, at: time))
    }
    for milestone in reached { onMilestone(milestone) }
    if boot.isInteractive { return .goOn }
    if hasArrived || tracker.scriptStop != nil { return .stop }
    return reached.contains { $0.milestone == .userspace } ? .ask : .goOn
  }

  /// Takes in bytes of QEMU's standard error.
  func consumeMessages(_ bytes: [UInt8]) {
    messages.consume(bytes.span)
  }

  /// The keys of a new question. Those asked before stay open: a slow shell may answer them yet.
  func question() -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    let question = ShellQuestion(using: &generator)
    questions = questions.suffix(7) + [question]
    return question.keys
  }

  /// Whether the milestone that is waited for was seen.
  var hasArrived: Bool { tracker.hasReached(boot.until) }

  /// The last lines of QEMU's standard error, without its word on the signal that we ended it by.
  var messageLines: [String] {
    messages.text.filter { !$0.contains(": terminating on signal ") }
  }

  /// Why the boot script gave up, if it did.
  var scriptStop: String? { tracker.scriptStop }

  func result(_ ending: BootResult.Ending) -> BootResult {
    BootResult(
      ending: ending, milestones: tracker.reached,
      missing: tracker.firstMissing(of: boot.expected), lastLines: tracker.lastLines,
      messages: messageLines)
  }

  private func isAnswered(by bytes: [UInt8]) -> Bool {
    var answered = false
    for index in questions.indices where questions[index].consume(bytes.span) { answered = true }
    return answered
  }
}
