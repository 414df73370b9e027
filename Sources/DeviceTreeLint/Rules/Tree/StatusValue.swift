import Bytes
import DeviceTree
import Diagnostics

/// A `status` that nobody knows, and so switches the device off.
enum StatusValue: PropertyRule {
  static let card = RuleCard(
    id: "status-value", family: .tree, severity: .warning,
    summary: "`status` is none of the words that there are",
    why: """
      "okay", and for old trees' sake "ok", switch a device on; any other word keeps it off, without
      a message from Xen or Linux. A slip in the word looks like broken hardware.
      """,
    evidence: .silence(version: "4.17.5"),
    after: ["gic-driver"],
    source: """
      Devicetree Specification v0.4, section 2.3.4; Xen xen/common/device-tree/device-tree.c, \
      dt_device_is_available
      """,
    bad: [
      """
      / {
        serial {
          «status» = "enabled";
        };
      };
      """,
      """
      / {
        serial {
          «status» = "ok";
        };
      };
      """,
    ],
    good: [
      """
      / {
        a { status = "okay"; }; b { status = "disabled"; }; c { status = "reserved"; };
        d { status = "fail"; }; e { status = "fail-sss"; };
      };
      """
    ])

  static let names: [KnownName] = [.status]
  /// A wrong word disables.
  static let judgesDisabled = true

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    let words: [StaticString] = ["okay", "disabled", "reserved", "fail"]
    let range = tree.valueRange(property)
    for word in words
    where range.count == word.utf8CodeUnitCount + 1
      && tree.bytes.matches(word, at: range.lowerBound)
    {
      return
    }
    // What is no text is another rule's.
    guard let text = tree.string(property), !text.hasPrefix("fail-") else { return }
    func fix(_ safety: Fix.Safety, _ word: String) -> Fix {
      Fix(
        safety, "write \"\(word)\"",
        .set(node: tree.path(node), property: "status", value: "\"\(word)\""))
    }
    if text == "ok" {
      findings.report(
        "\"ok\" is the old spelling of \"okay\"", at: node, property, severity: .info,
        help: "write \"okay\"", fix: fix(.safe, "okay"))
      return
    }
    let mend: Fix? =
      switch text.lowercased() {
      case "okay", "okey", "ok", "on", "yes", "true", "1", "enable", "enabled", "active":
        fix(.risky, "okay")
      case "disable", "disabled", "off", "no", "false", "0", "none": fix(.safe, "disabled")
      case "failed": fix(.safe, "fail")
      default: nil
      }
    findings.report(
      "\"\(text)\" is no status; every reader takes the device for switched off", at: node,
      property,
      help: "write \"okay\" or \"disabled\"", fix: mend)
  }
}
