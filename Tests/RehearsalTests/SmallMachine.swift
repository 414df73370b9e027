import Measures
import Rehearsal

/// A board with 256 MiB of RAM, as the emulator's, and a U-Boot that has the commands that are played.
struct SmallMachine {
  var machine: Machine

  init(environment: [String: String] = [:], keepsTrace: Bool = false) {
    let banks = [AddressRange(start: 0x4000_0000, size: .mebibytes(256))].compactMap { $0 }
    machine = Machine(
      UBootProfile(version: "2023.01", banks: banks, commands: [], environment: environment))
    machine.keepsTrace = keepsTrace
  }

  /// Runs a script; gives what it printed, and why it ended early if it did.
  mutating func run(_ script: String) -> (output: String, stop: MachineStop?) {
    let before = machine.output.count
    var stop: MachineStop?
    do throws(MachineStop) {
      try machine.run(script: UBootText(script), from: .script("test"))
    } catch {
      stop = error
    }
    return (Array(machine.output[before...]).words, stop)
  }

  /// What a script prints, as lines.
  static func lines(
    _ script: String, environment: [String: String] = [:]
  ) -> [String] {
    var machine = SmallMachine(environment: environment)
    let (output, stop) = machine.run(script)
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return lines.map(String.init) + (stop.map { ["stop: \($0)"] } ?? [])
  }
}
