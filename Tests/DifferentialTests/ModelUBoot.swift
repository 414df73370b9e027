import Bytes
import Foundation
import Measures
import Rehearsal

/// The modelled U-Boot, told what is known of the real one: its memory, its commands, its environment.
struct ModelUBoot {
  private let machine: Machine

  init(_ baseline: RealUBoot.Baseline, disk: [UInt8]) throws {
    guard let bank = AddressRange(start: 0x4000_0000, size: .mebibytes(1024)),
      let own = AddressRange(
        start: Address(RealUBoot.own), size: ByteCount(0x8000_0000 - RealUBoot.own))
    else { throw Fragment.Fault(description: "no such ranges") }
    var machine = Machine(
      UBootProfile(
        version: baseline.version, banks: [bank], own: own, lineSize: 512, mostWords: 16,
        environmentSize: 0x3FFFC,
        commands: baseline.commands, environment: baseline.defaults, appliesOverlays: false),
      media: Media(devices: ["virtio": [0: BytesInMemory(disk)]]))
    for (name, value) in baseline.environment { machine.set(name, UBootText(value)) }
    self.machine = machine
  }

  func observe(_ fragment: Fragment) throws -> Observation {
    var machine = machine
    let before = Self.texts(machine.environment.sorted)
    let shellBefore = Self.texts(machine.shellVariables)
    var observation = Observation(ending: .endless, printed: "")
    do throws(MachineStop) {
      let code = try machine.run(script: fragment.script, from: .script(fragment.title))
      observation.ending = .returned(code == 0 ? 0 : 1)
      observation.environment = Observation.changes(
        from: before, to: Self.texts(machine.environment.sorted))
      observation.variables = Observation.changes(
        from: shellBefore, to: Self.texts(machine.shellVariables))
      for range in fragment.memory {
        let bytes = try machine.bytes(range.count, at: range.lowerBound)
        observation.memory.append(RealUBoot.hexadecimal(bytes))
      }
    } catch {
      observation.ending = Self.ending(of: error)
      if case .jumped(let handover) = error {
        observation.entry = handover.entry.rawValue
        observation.tree = try TreeText.source(of: Data(handover.tree))
      }
    }
    observation.printed = Self.words(machine.output)
    if observation.ending == .jumped,
      let end = observation.printed.range(of: "\nStarting kernel ...\n")
    {
      observation.printed.removeSubrange(end.lowerBound...)
    }
    return observation
  }

  private static func ending(of stop: MachineStop) -> Observation.Ending {
    switch stop {
    case .jumped: .jumped
    case .reset: .reset
    case .outsideMemory, .overwroteUBoot: .aborted
    case .waits, .tooManyCommands, .movesTooMuch, .tooLong, .cancelled,
      .tooDeep, .poweredOff:
      .endless
    case .notModelled(let command, let reason): .notModelled(command: command, reason: reason)
    }
  }

  private static func texts(
    _ pairs: some Sequence<(name: UBootText, value: UBootText)>
  ) -> [String: String] {
    Dictionary(uniqueKeysWithValues: pairs.map { (Observation.text($0), Observation.text($1)) })
  }

  private static func texts(_ pairs: [UBootText: UBootText]) -> [String: String] {
    texts(pairs.map { (name: $0.key, value: $0.value) })
  }

  /// With usage messages, which the model has short ones of, named only.
  private static func words(_ printed: UBootText) -> String {
    ConsoleText.steady(
      Observation.text(printed).replacing(
        /([a-z0-9?]+) - [^\n]*\n\nUsage:\n[^\n]*\n(\n)?/,
        with: { "<usage of \($0.output.1)>\n" }))
  }
}
