public import BootLog
public import SystemPackage

/// One boot of an image in QEMU, watched from its start to a milestone.
public struct EmulatedBoot: Sendable, Hashable {
  public var command: QEMUCommand
  /// The milestone after which QEMU is ended.
  public var until: Milestone
  /// What must come on the way; the result names the first that did not.
  public var expected: [Milestone]
  /// How long the whole boot may take; nil for no limit.
  public var timeout: Duration?
  /// Where the bytes of the serial line are kept, as they come. An old file is overwritten.
  public var log: FilePath?
  /// The terminal is handed to the machine: keys go to its serial line, nothing but the keys,
  /// the timeout and the machine itself ends the boot, and no question is asked.
  public var isInteractive: Bool

  public init(
    _ command: QEMUCommand, until: Milestone, expected: [Milestone], timeout: Duration?,
    log: FilePath? = nil, isInteractive: Bool = false
  ) {
    self.command = command
    self.until = until
    self.expected = expected
    self.timeout = timeout
    self.log = log
    self.isInteractive = isInteractive
  }

  /// Boots. `onMilestone` gets each milestone once, in order, `onBytes` the serial line as it
  /// comes; both are called from one task at a time and should return soon.
  ///
  /// QEMU has ended when this returns, throws or is cancelled: it is asked to terminate and killed
  /// a second later.
  public func run(
    onMilestone: @escaping @Sendable (MilestoneReached) -> Void = { _ in },
    onBytes: @escaping @Sendable ([UInt8]) -> Void = { _ in }
  ) async throws(EmulatorError) -> BootResult {
    let input = try SerialInput()
    let watch = BootWatch(
      self, log: try SerialLog(log), start: .now, onBytes: onBytes, onMilestone: onMilestone)
    // The guard restores the terminal on every way out.
    let terminal = isInteractive ? RawTerminal(.standardInput) : nil
    let end: SerialSession.End
    do {
      end = try await SerialSession(boot: self, watch: watch).run(typing: input)
    } catch {
      terminal?.restore()
      throw error
    }
    terminal?.restore()
    return try await result(end, watch)
  }

  private func result(
    _ end: SerialSession.End, _ watch: BootWatch
  ) async throws(EmulatorError) -> BootResult {
    if !isInteractive, await watch.hasArrived { return await watch.result(.reached) }
    if !isInteractive, let reason = await watch.scriptStop {
      return await watch.result(.scriptStopped(reason))
    }
    switch end.stop {
    case .reached: return await watch.result(.reached)
    case .timedOut: return await watch.result(.timedOut(after: timeout ?? .zero))
    case .left: return await watch.result(.left)
    case .failed(let error): throw error
    case .cancelled: throw .cancelled
    case .closed:
      if await watch.isSilent, end.status != .exited(0) {
        throw .refused(
          executable: command.executable, status: end.status, messages: await watch.messageLines)
      }
      return await watch.result(.machineStopped(end.status))
    }
  }
}
