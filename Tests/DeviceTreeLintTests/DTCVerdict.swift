import Foundation
import OutsideTools

/// A release of dtc.
struct DTCVersion: Comparable, Sendable, CustomStringConvertible {
  let numbers: [Int]

  init(_ numbers: Int...) { self.numbers = numbers }

  /// Reads `Version: DTC 1.6.1`.
  init?(said text: String) {
    guard let match = text.firstMatch(of: /DTC (\d+)\.(\d+)\.(\d+)/),
      let major = Int(match.output.1), let minor = Int(match.output.2),
      let patch = Int(match.output.3)
    else { return nil }
    self.init(major, minor, patch)
  }

  static func < (left: Self, right: Self) -> Bool {
    left.numbers.lexicographicallyPrecedes(right.numbers)
  }

  var description: String { numbers.map(String.init).joined(separator: ".") }

  /// Of the dtc on this machine.
  static func installed() throws -> DTCVersion {
    let said = try OutsideTool.run("dtc", ["--version"]).output
    guard let version = DTCVersion(said: said) else { throw Unknown(description: said) }
    return version
  }

  struct Unknown: Error, CustomStringConvertible {
    let description: String
  }
}

/// What the machine's dtc says of a blob.
struct DTCVerdict {
  /// Which check speaks of which node.
  struct Message: Hashable, Comparable, CustomStringConvertible {
    let check: String
    /// The node's path; empty where dtc names the root instead of the child in question.
    let node: String

    init(check: String, said node: some StringProtocol) {
      self.check = check
      self.node = DTCChecks.placedAtRoot.contains(check) ? "" : String(node)
    }

    static func < (left: Self, right: Self) -> Bool {
      (left.check, left.node) < (right.check, right.node)
    }

    var description: String { "\(check) \(node)" }
  }

  /// Each message, and how often it came. That a check was not made, since one before it had failed,
  /// is no message.
  private(set) var messages: [Message: Int] = [:]
  /// The check of severity error that failed: dtc makes none of those that follow it in its table.
  private(set) var stop: String?
  /// All that dtc said.
  let output: String

  /// - Parameter checks: those that are off unless asked for.
  init(of file: URL, enabling checks: [String] = []) throws {
    let options = checks.flatMap { ["-W", $0] }
    output = try OutsideTool.run(
      "dtc", ["-I", "dtb", "-O", "dtb", "-o", "/dev/null"] + options + [file.path]
    ).output
    for line in output.split(separator: "\n") {
      guard let match = line.firstMatch(of: /: (Warning|ERROR) \((\w+)\): (.*)$/) else { continue }
      let (check, text) = (String(match.output.2), match.output.3)
      if match.output.1 == "ERROR" { stop = check }
      guard !text.hasPrefix("Failed prerequisite") else { continue }
      // `/node: words` or `/node:property: words`.
      let node = text.prefix { $0 != ":" }
      messages[Message(check: check, said: node), default: 0] += 1
    }
  }
}
