import Boards
import BootImages
import DeviceTreeLint
import Diagnostics
import Measures
import Partitions
import Rehearsal
import Reports

extension RehearsedBoot {
  /// What would happen, for a person.
  ///
  /// - Parameter trace: every command with its effect.
  public func text(trace: Bool) -> String {
    var lines = [
      "rehearsed, not run: \(image) as U-Boot \(bootloader) would boot it on the \(board.name)"
    ]
    if isOld {
      lines.append(
        "the model of so old a U-Boot was read from its sources; none was run to compare")
    }
    if trace { lines += machine.trace.map(Self.line) }
    // Where the boot gets to its kernel, the map tells of them.
    if arrival == nil, !machine.loads.isEmpty {
      lines += ["", "loaded"]
      var table = TextTable([.left, .right])
      for load in machine.loads {
        table.add(load.range.description, load.range.size.description, load.file)
      }
      lines += table.lines()
    }
    lines.append("")
    for partition in cutPartitions {
      lines.append("the image ends before partition \(partition.number) does: it was cut off")
    }
    let failures = failureLines
    if let arrival {
      lines += arrival.lines
      if !failures.isEmpty { lines += ["", "what failed on the way"] + failures }
    } else {
      lines += ending(failures)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let mostFailures = 8

  private var failureLines: [String] {
    let failures = failures
    var lines: [String] = []
    for failure in failures.prefix(Self.mostFailures) {
      lines.append("  \(Self.words(of: failure.place, failure.words))")
      if !failure.said.isEmpty { lines.append("    \(failure.said)") }
    }
    let more = failures.count - Self.mostFailures
    return more > 0 ? lines + ["  and \(more) more; `--trace` tells all"] : lines
  }

  /// Why the boot does not get to a kernel: what failed first, then how it ended.
  private func ending(_ failures: [String]) -> [String] {
    var lines = ["the boot does not get to a kernel"]
    if !failures.isEmpty { lines += ["what failed"] + failures }
    lines.append("how it ends")
    if let stop {
      lines.append("  \(stop.words)")
    } else {
      lines.append("  U-Boot has nothing left to try")
    }
    if let last = machine.trace.last { lines.append("  the last command: \(Self.line(last))") }
    let said = String(decoding: machine.output.suffix(400), as: UTF8.self)
      .split(separator: "\n").suffix(4)
    return lines + said.map { "  U-Boot says: \($0)" }
  }

  /// `boot.scr:12: load mmc 0:1 …`, and what came of it.
  private static func line(_ entry: TraceEntry) -> String {
    var text =
      words(of: entry.place, entry.words)
      + (entry.returnCode == 0 ? "" : "   [\(entry.returnCode)]")
    for effect in entry.effects { text += effect.words.map { "\n    \($0)" } ?? "" }
    return text
  }

  static func words(of place: ScriptPlace, _ command: [UBootText]) -> String {
    let origin =
      switch place.origin {
      case .script(let name): "\(name):\(place.line)"
      case .variable(let name): name
      }
    let words = command.map { word in
      word.isEmpty || word.contains(0x20) ? "\"\(word.words)\"" : word.words
    }.joined(separator: " ")
    return "\(origin): " + (words.count > 160 ? words.prefix(159) + "…" : words)
  }
}

extension RehearsedBoot.Arrival {
  fileprivate var lines: [String] {
    var lines = entryLines
    if handover.treeAddress == nil {
      // There is no tree to judge.
    } else if findings.isEmpty {
      lines += ["", "the linter finds nothing in the tree"]
    } else {
      lines += ["", "the linter on the tree"]
      lines += findings.map { "  \($0.severity.rawValue): \($0.inOneLine)" }
    }
    return lines + ["", "memory at the jump"] + MemoryMapText.stages(memory)
  }

  /// What is entered, with what tree and modules.
  var entryLines: [String] {
    let mode = handover.isHYP ? "in HYP mode" : "not in HYP mode"
    var lines = [
      "\(handover.command) enters \(xen.map { "Xen \($0)" } ?? (isKernel ? "the kernel" : "something")) at "
        + "\(handover.entry) \(mode)"
    ]
    if !isKernel { lines.append("  no kernel lies there that is known") }
    if let address = handover.treeAddress {
      lines.append(
        "  its tree: \(ByteCount(handover.tree.count)) at \(address)"
          + (handover.changes.isEmpty
            ? "" : ", with \(handover.changes.joined(separator: ", ")) written by U-Boot"))
    }
    if let tags = handover.tags {
      lines.append("  no tree: ATAGS at \(tags) tell it of memory and arguments")
    }
    if let view {
      lines += ["", "what Xen reads in it"]
      var table = TextTable()
      for module in view.modules {
        table.add(
          module.kind.rawValue + (module.domain.map { " of \($0)" } ?? ""),
          (module.range.map { "\($0) (\($0.size))" } ?? "nowhere")
            + (missing.contains(module) ? ", where nothing was put" : ""))
      }
      lines += table.lines()
      lines.append("  Xen's arguments: \(view.xenArguments ?? "none")")
      lines.append("  dom0's arguments: \(view.dom0Arguments ?? "none")")
    }
    return lines
  }
}

extension Effect {
  /// For the trace; nil for what says nothing new.
  fileprivate var words: String? {
    switch self {
    case .set(let name, let value): "\(name.words) = \(value.words)"
    case .deleted(let name): "\(name.words) is deleted"
    case .loaded(let file, let range): "\(file) lies at \(range) (\(range.size))"
    case .wrote(let range): "\(range) is written"
    case .tree(let change): "tree: \(change)"
    }
  }
}

extension MachineStop {
  /// In the words of a sentence.
  var words: String {
    switch self {
    case .jumped(let handover): "\(handover.command) enters \(handover.entry)"
    case .reset: "the board is reset"
    case .poweredOff: "the board is switched off"
    case .notModelled(let command, let reason):
      "U-Boot goes on to `\(command)`, which is not played" + (reason.isEmpty ? "" : ": \(reason)")
    case .outsideMemory(let address, let count):
      "\(count) bytes at \(Address(address)) are no RAM of the board"
    case .overwroteUBoot(let range): "\(range) is written, where U-Boot itself lies"
    case .waits(let reason): reason
    case .tooManyCommands(let most): "more than \(most) commands have run: a loop without end"
    case .movesTooMuch(let most):
      "more than \(ByteCount(most)) were moved in memory: a loop without end"
    case .tooLong(let most):
      "a command of more than \(ByteCount(most)) is put together: a loop without end"
    case .cancelled: "the rehearsal was interrupted"
    case .tooDeep: "variables and scripts run each other without end"
    }
  }

  /// For programs.
  var kind: String {
    switch self {
    case .jumped: "jumped"
    case .reset: "reset"
    case .poweredOff: "powered-off"
    case .notModelled: "not-modelled"
    case .outsideMemory: "outside-memory"
    case .overwroteUBoot: "overwrote-u-boot"
    case .waits: "waits"
    case .tooManyCommands, .movesTooMuch, .tooLong: "endless-loop"
    case .cancelled: "cancelled"
    case .tooDeep: "endless-recursion"
    }
  }
}
