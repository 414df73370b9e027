import Diagnostics

/// The examples of a rule as its page has them.
///
/// Where it is not the tree that is wrong, but where it is loaded or what lies beside it, a good and a
/// bad example have one tree: it is shown once, and each says by what `ctboot lint` is told the rest.
struct RuleExamples {
  let heading: String
  /// Empty where the tree has been shown, or may be any.
  let body: [String]
  /// The language of the body, as Markdown names it.
  var fence = "dts"

  static func shown(_ card: RuleCard) -> [RuleExamples] {
    var seen: Set<String> = []
    var shown: [RuleExamples] = []
    for (heading, examples) in [("Wrong", card.bad), ("Right", card.good)] {
      for example in examples {
        let tree = example.unmarked
        let target = example.target.words
        let isPlain = example.patches.isEmpty && !target.isEmpty
        let such = example.language.such
        if isPlain, tree == "/ { };" {
          shown.append(RuleExamples(heading: "\(heading): any tree with \(target)", body: []))
        } else if isPlain, seen.contains(tree) {
          shown.append(
            RuleExamples(
              heading: "\(heading): such \(such) with \(target)"
                + (example.target.saysMoreThanXen ? "" : " alone"), body: []))
        } else {
          let words = target.isEmpty ? "" : " (\(target))"
          shown.append(
            RuleExamples(
              heading: "\(heading)\(words):", body: body(example), fence: example.language.fence))
        }
        if example.patches.isEmpty { seen.insert(tree) }
      }
    }
    return shown
  }

  /// By what `ctboot lint` is told what no tree says, where the rule asks for such.
  static func needs(_ card: RuleCard) -> [String] {
    let targets = card.bad.map(\.target)
    var needs: [String] = []
    if targets.contains(where: { $0.treeAddress != nil }) {
      needs.append(
        "speaks where it is known where the tree is loaded: in a build, or by `--tree-address`")
    }
    if targets.contains(where: { !$0.files.isEmpty }) {
      needs.append("looks at files that are loaded: those of a build, or of `--load`")
    }
    if targets.contains(where: { !$0.environment.isEmpty }) {
      needs.append("looks at U-Boot's environment, which `--environment` names")
    }
    return needs
  }

  /// The source, with an underline below what is marked in it.
  private static func body(_ example: RuleExample) -> [String] {
    let sign = example.language.comment
    var lines: [String] = []
    for line in example.source.split(separator: "\n", omittingEmptySubsequences: false) {
      lines.append(RuleExample.unmarked(line))
      guard line.contains("«") else { continue }
      var mark = ""
      var isMarked = false
      for character in line {
        switch character {
        case "«": isMarked = true
        case "»": isMarked = false
        default: mark += isMarked ? "^" : " "
        }
      }
      // There is no room for a comment below what stands in front.
      guard let first = mark.firstIndex(of: "^"),
        mark.distance(from: mark.startIndex, to: first) >= sign.count
      else {
        if let last = lines.popLast() { lines.append(last + "  \(sign) here") }
        continue
      }
      lines.append(sign + mark.dropFirst(sign.count).replacing(/[ ]+$/, with: ""))
    }
    for patch in example.patches {
      let bytes = patch.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
      lines.append(
        "\(sign) in the \(example.language == .dts ? "blob" : "image"), \(patch.offset) bytes from the \(patch.base.rawValue): "
          + bytes.joined(separator: " "))
    }
    return lines
  }
}

extension RuleExample.Target {
  fileprivate var saysMoreThanXen: Bool {
    treeAddress != nil || !files.isEmpty || !environment.isEmpty || medium != nil
      || !siblings.isEmpty || isForLegacyBootloader
  }

  /// `Xen 4.17, --tree-address 0x43000000`, or nothing.
  fileprivate var words: String {
    var parts = [xen.map { "Xen \($0)" }, board, soc].compactMap(\.self)
    if let treeAddress { parts.append("`--tree-address \(hex(treeAddress))`") }
    parts += files.map { "`--load FILE@\(hex($0.address))`" }
    if !environment.isEmpty {
      let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      parts.append("`\(variables.joined(separator: "`, `"))` in `--environment`")
    }
    if isForLegacyBootloader { parts.append("the U-Boot of 2013") }
    if let medium { parts.append(medium.words) }
    if !siblings.isEmpty {
      let names = siblings.keys.sorted().map { "`\($0)`" }.joined(separator: ", ")
      parts.append("\(names) beside it")
    }
    return parts.joined(separator: ", ")
  }
}

extension RuleExample.Medium {
  /// `a card with ext4 that holds /zImage (5242880 bytes)`
  fileprivate var words: String {
    let held = files.map { "`\($0.path)` (\(hex($0.size)) bytes)" }.joined(separator: ", ")
    let numbers = partitions.map(String.init).joined(separator: ", ")
    return "a card with \(filesystem)" + (partitions == [1] ? "" : ", partitions \(numbers),")
      + (held.isEmpty ? " that holds no files" : " that holds \(held)")
  }
}

extension RuleExample.Language {
  /// As Markdown names it.
  fileprivate var fence: String {
    switch self {
    case .dts: "dts"
    case .hush, .scriptImage: "sh"
    case .environment, .extlinux: "text"
    }
  }

  /// What begins a comment.
  fileprivate var comment: String { self == .dts ? "//" : "#" }

  /// With an article, as in "such a tree".
  fileprivate var such: String {
    switch self {
    case .dts: "a tree"
    case .hush, .scriptImage: "a script"
    case .environment: "a text"
    case .extlinux: "a menu"
    }
  }
}

private func hex(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
