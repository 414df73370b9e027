import DeviceTree
import DeviceTreeLint
import Diagnostics
import Foundation

/// What dtc and we say of one blob, side by side.
struct DTCComparison {
  let tree: FlatTree?
  let ours: [DTCVerdict.Message: Int]
  let dtc: DTCVerdict

  /// - Parameter withOptional: the checks that are off unless asked for are made too.
  init(_ file: URL, withOptional: Bool = false) throws {
    let optional = withOptional ? DTCChecks.optional.filter(DTCChecks.ours.contains) : []
    dtc = try DTCVerdict(of: file, enabling: optional)
    let scan = FlatTree.scanning(Array(try Data(contentsOf: file)))
    tree = scan.tree
    let linter = Linter(
      selection: try RuleSelection(select: ["dtc"] + optional, ignore: []))
    ours = linter.lint(scan, file: file.lastPathComponent).reduce(into: [:]) { counts, finding in
      let message = DTCVerdict.Message(
        check: finding.rule.rawValue, said: finding.place.node ?? "")
      counts[message, default: 0] += 1
    }
  }

  /// A message that one of the two has more often than the other.
  struct Difference: CustomStringConvertible {
    let message: DTCVerdict.Message
    let ours: Int
    let theirs: Int

    var description: String { "\(message): \(ours) of ours, \(theirs) of dtc's" }
  }

  /// Of the checks that both make.
  var differences: [Difference] {
    Set(ours.keys).union(dtc.messages.keys).sorted().compactMap { message in
      let difference = Difference(
        message: message, ours: ours[message, default: 0],
        theirs: dtc.messages[message, default: 0])
      let isMade =
        DTCChecks.ours.contains(message.check)
        && DTCChecks.isMade(message.check, stoppedBy: dtc.stop)
      return isMade && difference.ours != difference.theirs ? difference : nil
    }
  }

  /// How often each check speaks, by our count.
  var counts: [String: Int] {
    ours.reduce(into: [:]) { $0[$1.key.check, default: 0] += $1.value }
  }

  /// How often each check speaks, by dtc's count.
  var theirCounts: [String: Int] {
    dtc.messages.reduce(into: [:]) { $0[$1.key.check, default: 0] += $1.value }
  }
}
