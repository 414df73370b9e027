public import Boards
import Subprocess
import SystemPackage

/// The device tree that QEMU makes for a machine.
public enum EmulatedTree {
  /// QEMU only builds the machine here, which takes a fraction of a second.
  private static let limit = Duration.seconds(30)

  /// The tree as QEMU gives it to the guest, padded as QEMU pads it. The same emulation gives the
  /// same bytes: random seeds are left out of it.
  public static func dump(
    of emulation: Emulation, executable: String = QEMUCommand.emulator
  ) async throws(EmulatorError) -> [UInt8] {
    do {
      return try await dump(emulation, executable, ["dtb-randomness=off"])
    } catch .refused(_, _, let messages)
      where messages.contains(where: { $0.hasSuffix(".dtb-randomness' not found") })
    {
      // Machines without a tree of their own, and a QEMU before 7.1, do not know the property.
      return try await dump(emulation, executable, [])
    }
  }

  private static func dump(
    _ emulation: Emulation, _ executable: String, _ properties: [String]
  ) async throws(EmulatorError) -> [UInt8] {
    let file = try TemporaryFile(suffix: ".dtb")
    let target = "dumpdtb=" + QEMUCommand.value(file.path.string)
    // A machine that makes no tree would run for ever: it stands still, and its monitor is told
    // to quit, which QEMU reads after the trees of other machines have been written.
    let arguments =
      QEMUCommand.machine(emulation, with: properties + [target])
      + ["-S", "-monitor", "stdio", "-serial", "null"] + emulation.options
    let (status, messages) = try await run(executable, arguments)
    guard status == .exited(0) else {
      throw .refused(executable: executable, status: status, messages: messages)
    }
    let bytes = try file.contents()
    guard !bytes.isEmpty else { throw .noTree(machine: emulation.machine) }
    return bytes
  }

  private static func run(
    _ executable: String, _ arguments: [String]
  ) async throws(EmulatorError) -> (ExitStatus, [String]) {
    typealias Outcome = Result<(ExitStatus, [String]), EmulatorError>
    // A QEMU that ends at once leaves the word unread; a pipe without a reader would end us.
    let input = try SerialInput()
    input.keys.type("quit\n".utf8)
    let readEnd = input.readEnd
    let outcome: Outcome? =
      await withTaskGroup(of: Outcome?.self) { group in
        group.addTask {
          do {
            let result = try await Subprocess.run(
              .emulator(executable), arguments: Arguments(arguments),
              input: .fileDescriptor(readEnd, closeAfterSpawningProcess: false), output: .discarded,
              error: .string(limit: 1 << 20))
            let lines = result.standardError.split(whereSeparator: \.isNewline).map(String.init)
            return .success((ExitStatus(result.terminationStatus), lines))
          } catch {
            return .failure(EmulatorError(error, executable))
          }
        }
        group.addTask {
          try? await Task.sleep(for: limit)
          return nil
        }
        let first = await group.next() ?? nil
        group.cancelAll()
        return first
      }
    input.close()
    if Task.isCancelled { throw .cancelled }
    guard let outcome else { throw .stuck(executable: executable, after: limit) }
    return try outcome.get()
  }
}
