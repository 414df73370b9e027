public import Diagnostics

/// Rules in words: for `ctboot explain` and `ctboot rules`, and as pages of the documentation.
public enum RulePage {
  /// A line for each rule.
  public static func list(_ cards: [RuleCard]) -> String {
    var table = TextTable()
    for card in cards {
      table.add(
        card.id.rawValue, card.severity.rawValue + (card.isOptional ? " (off)" : ""),
        card.family.rawValue, card.summary)
    }
    return table.lines(indent: 0).joined(separator: "\n") + "\n"
  }

  /// One rule on a terminal.
  public static func text(_ card: RuleCard) -> String {
    var lines = ["\(card.id): \(card.summary)", ""]
    lines += facts(card).map { "  \($0)" } + ["", card.why]
    lines += ["", "On the console: \(card.evidence.words)"]
    for shown in RuleExamples.shown(card) {
      lines += ["", shown.heading]
      lines += shown.body.map { $0.isEmpty ? "" : "    " + $0 }
    }
    lines += ["", "Source: \(card.source)"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// One rule as a section of a page in Markdown.
  public static func markdown(_ card: RuleCard) -> String {
    var lines = ["## \(card.id)", "", sentence(card.summary), ""]
    lines += facts(card).map { "- \($0)" } + ["", card.why, ""]
    lines += ["On the console: \(card.evidence.words)"]
    for shown in RuleExamples.shown(card) {
      lines += ["", shown.heading]
      if !shown.body.isEmpty { lines += ["", "```\(shown.fence)"] + shown.body + ["```"] }
    }
    lines += ["", "Source: \(card.source)"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The page of a family.
  public static func page(_ family: RuleCard.Family, _ cards: [RuleCard]) -> String {
    let head = "# Rules: \(family.title)\n\nMade by `make docs` from the rules' cards.\n\n"
    return head + cards.map(markdown).joined(separator: "\n")
  }

  /// All rules in one table: what is wrong, and what Xen's console shows of it.
  public static func index(_ cards: [RuleCard]) -> String {
    var lines = [
      "# Rules of the linter", "",
      "Made by `make docs` from the rules' cards; `ctboot explain RULE` shows one of them.", "",
      "The last column tells what a boot with such a tree showed in an emulator. *Not reproduced* means"
        + " that the rule's facts were read in sources and specifications only.",
    ]
    for family in RuleCard.Family.allCases {
      let own = cards.filter { $0.family == family }
      if own.isEmpty { continue }
      lines += ["", "## \(family.title)", ""]
      lines += ["| rule | severity | what is wrong | on the console |", "|---|---|---|---|"]
      for card in own {
        let link = "[\(card.id)](\(family.rawValue).md#\(card.id.rawValue.lowercased()))"
        lines.append(
          "| \(link) | \(card.severity.rawValue) | \(cell(card.summary)) "
            + "| \(cell(card.evidence.words)) |")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

  private static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + String(text.dropFirst()) + "."
  }

  private static func facts(_ card: RuleCard) -> [String] {
    var facts = ["\(card.severity.rawValue), since ctboot \(card.since)"]
    if card.isOptional { facts.append("off unless it is selected") }
    if card.context == .xen { facts.append("speaks only where Xen is to boot") }
    facts += RuleExamples.needs(card)
    if !card.aliases.isEmpty {
      facts.append("dtc calls it \(card.aliases.map { "`\($0)`" }.joined(separator: ", "))")
    }
    if !card.after.isEmpty {
      facts.append(
        "silent where \(card.after.map { "`\($0)`" }.joined(separator: ", ")) has spoken")
    }
    return facts
  }
}

extension RuleCard.Evidence {
  /// What is known of the symptom, in words.
  var words: String {
    switch self {
    case .seen(let line, let version): "seen with Xen \(version): `\(line)`"
    case .silence(let version): "seen with Xen \(version): nothing at all on the serial line"
    case .tolerated(let version): "Xen \(version) did not mind"
    case .read: "not reproduced"
    }
  }
}

extension RuleCard.Family {
  /// As a heading has it.
  var title: String {
    switch self {
    case .structure: "the bytes of a blob"
    case .tree: "what every tree has to say"
    case .interrupts: "interrupts and timer"
    case .chosen: "Xen's part of /chosen"
    case .layout: "modules and memory"
    case .hypervisor: "grant table and /hypervisor"
    case .dom0less: "guests that Xen starts by itself"
    case .soc: "one SoC"
    case .dtc: "checks of dtc's"
    case .script: "boot scripts"
    case .uenv: "environment text"
    case .input: "the files that are judged"
    }
  }
}
