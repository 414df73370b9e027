import Boards
import BootImages
import DeviceTreeLint
import Diagnostics
import Measures
import Partitions
import Rehearsal
import Reports
import SystemPackage

/// A rehearsal in JSON. Addresses are hexadecimal texts, sizes are bytes; absent facts are left out.
public struct RehearsalRecord: Encodable, Sendable {
  struct Load: Encodable {
    let file: String
    let start: String
    let size: UInt64
  }

  struct Module: Encodable {
    let kind: String
    let domain: String?
    let start: String?
    let size: UInt64?
    /// Nothing was put there.
    let isMissing: Bool?
  }

  struct Entered: Encodable {
    let command: String
    let entry: String
    let hyp: Bool
    let tree: String?
    let xen: String?
    let modules: [Module]?
    let xenArguments: String?
    let dom0Arguments: String?
    let findings: [String]
    /// As `ctboot plan --format json` has it.
    let memory: MemoryMapRecord
  }

  struct Command: Encodable {
    let origin: String
    let line: Int
    let words: [String]
    let returnCode: Int
  }

  struct Failure: Encodable {
    let origin: String
    let line: Int
    /// Empty where the shell could not read the text.
    let words: [String]
    let said: String
  }

  let board: String
  let image: String
  let bootloader: String
  /// `jumped`, or how else it ended; `nothing-left` where U-Boot had nothing more to try.
  let outcome: String
  let reason: String?
  let isFine: Bool
  let loads: [Load]
  let entered: Entered?
  /// What failed on the way, in the order of the boot.
  let failures: [Failure]
  /// Numbers of the partitions that the image's end cuts off.
  let cutPartitions: [Int]
  let commands: [Command]?

  public init(_ boot: RehearsedBoot, trace: Bool) {
    board = boot.board.name
    image = boot.image.string
    bootloader = boot.bootloader
    outcome = boot.stop?.kind ?? "nothing-left"
    reason = boot.arrival == nil ? boot.stop?.words : nil
    isFine = boot.isFine
    loads = boot.machine.loads.map {
      Load(file: $0.file, start: $0.range.start.description, size: $0.range.size.rawValue)
    }
    entered = boot.arrival.map { arrival in
      Entered(
        command: arrival.handover.command, entry: arrival.handover.entry.description,
        hyp: arrival.handover.isHYP, tree: arrival.handover.treeAddress?.description,
        xen: arrival.xen?.description,
        modules: arrival.view?.modules.map {
          Module(
            kind: $0.kind.rawValue, domain: $0.domain, start: $0.range?.start.description,
            size: $0.range?.size.rawValue,
            isMissing: arrival.missing.contains($0) ? true : nil)
        },
        xenArguments: arrival.view?.xenArguments, dom0Arguments: arrival.view?.dom0Arguments,
        findings: arrival.findings.map(\.inOneLine), memory: MemoryMapRecord(arrival.memory))
    }
    failures = boot.failures.map {
      Failure(
        origin: $0.place.origin.words, line: $0.place.line, words: $0.words.map(\.words),
        said: $0.said)
    }
    cutPartitions = boot.cutPartitions.map(\.number)
    commands =
      trace
      ? boot.machine.trace.map { entry in
        Command(
          origin: entry.place.origin.words, line: entry.place.line, words: entry.words.map(\.words),
          returnCode: entry.returnCode)
      } : nil
  }
}

extension ScriptPlace.Origin {
  /// The script's or variable's name.
  fileprivate var words: String {
    switch self {
    case .script(let name), .variable(let name): name
    }
  }
}
