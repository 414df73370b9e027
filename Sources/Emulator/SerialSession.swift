import BootLog
import Subprocess
import SystemPackage

/// One run of QEMU with its serial line on standard input and output.
///
///     QEMU stdout ──> read ──> BootWatch ──> asks ──┐
///     QEMU stderr ──> drain ─> BootWatch            v
///     QEMU stdin  <────────── SerialInput <── ask (or the keyboard)
///
/// Whichever task first has a reason to stop ends the run.
struct SerialSession: Sendable {
  /// Why the session was over.
  enum Stop: Sendable {
    case reached
    case timedOut
    /// The serial line was closed from QEMU's side.
    case closed
    case left
    case cancelled
    case failed(EmulatorError)
  }

  struct End: Sendable {
    let stop: Stop
    let status: ExitStatus
  }

  let boot: EmulatedBoot
  let watch: BootWatch

  /// QEMU writes the serial line a byte at a time. After each read this pause lets a few more
  /// come, so that a boot costs hundreds of reads and not tens of thousands.
  private static let pause = Duration.milliseconds(2)
  /// How long a shell has for an answer: its first keys may have been lost.
  private static let patience = Duration.seconds(2)
  private static let graceful: [TeardownStep] = [
    .gracefulShutDown(allowedDurationToNextStep: .seconds(1))
  ]
  /// Signal 0 does nothing: a QEMU that closed its line by itself gets the time to end by itself,
  /// so that its own exit status is seen.
  private static let patient: [TeardownStep] =
    [.send(signal: Signal(rawValue: 0), allowedDurationToNextStep: .seconds(2))] + graceful

  func run(typing input: borrowing SerialInput) async throws(EmulatorError) -> End {
    let executable = boot.command.executable
    var options = PlatformOptions()
    options.teardownSequence = Self.graceful
    let keys = input.keys
    do {
      let result = try await Subprocess.run(
        .emulator(executable), arguments: Arguments(boot.command.arguments),
        platformOptions: options,
        input: .fileDescriptor(input.readEnd, closeAfterSpawningProcess: false),
        output: .sequence, error: .sequence
      ) { process in
        await follow(process, keys)
      }
      return End(stop: result.closureResult, status: ExitStatus(result.terminationStatus))
    } catch {
      throw EmulatorError(error, executable)
    }
  }

  private func follow(
    _ process: Execution<FileDescriptorInput, SequenceOutput, SequenceOutput>, _ keys: SerialKeys
  ) async -> Stop {
    let (asks, ask) = AsyncStream.makeStream(of: Void.self)
    return await withTaskGroup(of: Stop?.self) { group in
      group.addTask { await read(process.standardOutput, ask) }
      group.addTask { await drain(process.standardError) }
      group.addTask { await expire() }
      group.addTask {
        boot.isInteractive ? await Keyboard().forward(to: keys) : await question(asks, keys)
      }
      var stop = Stop.closed
      for await reason in group {
        guard let reason else { continue }
        stop = reason
        break
      }
      // The line's other tasks run on meanwhile: what QEMU says at its end is still wanted.
      await process.teardown(using: stop.isClosed ? Self.patient : Self.graceful)
      group.cancelAll()
      return stop
    }
  }

  private func read(
    _ line: SubprocessOutputSequence, _ ask: AsyncStream<Void>.Continuation
  ) async -> Stop {
    do {
      for try await chunk in line {
        switch await watch.consume(chunk.withUnsafeBytes { Array($0) }) {
        case .goOn: break
        case .ask: ask.yield()
        case .stop: return .reached
        case .fail(let error): return .failed(error)
        }
        try? await Task.sleep(for: Self.pause)
      }
    } catch {
      return .failed(EmulatorError(error, boot.command.executable))
    }
    return Task.isCancelled ? .cancelled : .closed
  }

  private func drain(_ messages: SubprocessOutputSequence) async -> Stop? {
    do {
      for try await chunk in messages {
        await watch.consumeMessages(chunk.withUnsafeBytes { Array($0) })
      }
    } catch {
      // What QEMU says is only told on; a boot does not fail for it.
    }
    return nil
  }

  private func expire() async -> Stop? {
    guard let timeout = boot.timeout else { return nil }
    do {
      try await Task.sleep(for: timeout)
    } catch {
      return nil
    }
    return .timedOut
  }

  private func question(_ asks: AsyncStream<Void>, _ keys: SerialKeys) async -> Stop? {
    for await _ in asks {
      while !Task.isCancelled {
        keys.type(await watch.question())
        try? await Task.sleep(for: Self.patience)
      }
    }
    return nil
  }
}

extension SerialSession.Stop {
  fileprivate var isClosed: Bool {
    if case .closed = self { true } else { false }
  }
}
