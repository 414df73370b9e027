public import Rehearsal

/// Something of a script that did not do what it was to do, and did not end the boot by itself.
public struct RehearsedFailure: Sendable, Hashable {
  public let place: ScriptPlace
  /// The command; empty where the shell could not read the text.
  public let words: [UBootText]
  /// The last that it printed.
  public let said: String
}

extension RehearsedBoot {
  /// Commands that are run to be asked something.
  private static let questions: Set<String> = [
    "test", "[", "itest", "true", "false", "showvar", "printenv", "fstype",
  ]
  /// Commands that run others, which fail by themselves.
  private static let runners: Set<String> = ["run", "source", "sysboot"]

  /// What failed on the way, by the order of the boot: in scripts, and in variables that U-Boot was not
  /// built with. What its own boot sequence tries and does not find is its way.
  public var failures: [RehearsedFailure] {
    let unread = machine.syntaxErrors.map {
      RehearsedFailure(place: $0, words: [], said: "U-Boot's shell cannot read this")
    }
    var failed: [RehearsedFailure] = []
    for (index, entry) in machine.trace.enumerated() {
      guard let name = entry.words.first?.words else { continue }
      // What ran in it stands before it, deeper.
      let isOuter = index > 0 && machine.trace[index - 1].depth > entry.depth
      if name == "source", isOuter {
        if failed.isEmpty {
          failed.append(failure(entry, "the script ends, and has started nothing"))
        }
      } else if entry.returnCode != 0, !isQuestion(entry),
        !(Self.runners.contains(name) && isOuter),
        Self.runners.contains(name) || !isOfUBoot(entry.place.origin)
      {
        failed.append(failure(entry, Self.lastLine(entry)))
      }
    }
    return unread + failed
  }

  private func failure(_ entry: TraceEntry, _ said: String) -> RehearsedFailure {
    RehearsedFailure(place: entry.place, words: entry.words, said: said)
  }

  private func isQuestion(_ entry: TraceEntry) -> Bool {
    let words = entry.words.prefix(2).map(\.words)
    return words.first.map(Self.questions.contains) ?? true || words == ["env", "exists"]
  }

  private func isOfUBoot(_ origin: ScriptPlace.Origin) -> Bool {
    switch origin {
    case .script(let name): name == Self.start
    case .variable(let name): machine.profile.environment[name] != nil
    }
  }

  private static func lastLine(_ entry: TraceEntry) -> String {
    let lines = String(decoding: entry.output.suffix(4000), as: UTF8.self).split(separator: "\n")
    return lines.last.map(String.init) ?? ""
  }
}
