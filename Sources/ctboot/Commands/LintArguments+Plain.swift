import BootImages
import Reports

/// Command lines that can be read at a glance.
///
/// ArgumentParser reads what `LintCommand` declares by looking its types up in the whole program, which
/// takes longer than to judge a tree; and editors, hooks and loops lint one tree at a time. So a command
/// line without anything odd is read here. All others are left to ArgumentParser, which owns help and
/// the words for mistakes; a test holds that both read alike.
extension LintArguments {
  /// - Parameter words: the command line without the program's name.
  init?(plain words: [String]) {
    guard words.first == "lint" else { return nil }
    var words = words.dropFirst()
    while let word = words.popFirst() {
      guard word.hasPrefix("-") else {
        guard !word.isEmpty else { return nil }
        paths.append(word)
        continue
      }
      if set(flag: word) { continue }
      // `--name=value` or `--name value`, where the value does not look like an option itself.
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let isJoined = parts.count == 2 && word.hasPrefix("--")
      guard let value = isJoined ? parts.last.map({ String($0) }) : words.popFirst(),
        !value.isEmpty,
        isJoined || !value.hasPrefix("-"), set(isJoined ? String(parts[0]) : word, to: value)
      else { return nil }
    }
    guard !paths.isEmpty, (try? check()) != nil, !(quiet && verbose) else { return nil }
  }

  private mutating func set(flag name: String) -> Bool {
    switch name {
    case "--fix": fix = true
    case "-q", "--quiet": quiet = true
    case "-v", "--verbose": verbose = true
    default: return false
    }
    return true
  }

  private mutating func set(_ name: String, to value: String) -> Bool {
    switch name {
    case "--xen":
      guard let known = try? XenVersion.argument(value) else { return false }
      xen = known
    case "--board": board = value
    case "--format":
      guard let known = FindingFormat(rawValue: value) else { return false }
      format = known
    case "--select": select.append(value)
    case "--ignore": ignore.append(value)
    case "--fail-on":
      guard let known = FailOn(rawValue: value) else { return false }
      failOn = known
    case "--baseline": baseline = value
    case "--write-baseline": writeBaseline = value
    case "-I", "--include": includes.append(value)
    case "--base": base = value
    case "--load": load.append(value)
    case "--tree-address": treeAddress = value
    case "--environment": environment = value
    case "-p", "--project": project = value
    case "--color":
      guard let known = ColourChoice(rawValue: value) else { return false }
      colour = known
    default: return false
    }
    return true
  }
}
