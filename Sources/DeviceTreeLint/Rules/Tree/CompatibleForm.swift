import DeviceTree
import Diagnostics

/// A `compatible` that cannot be what its author meant.
///
/// Names without a vendor (`simple-bus`, `fixed-clock`) are part of many bindings, and some vendors
/// have a comma in their own part; neither is told.
enum CompatibleForm: PropertyRule {
  static let card = RuleCard(
    id: "compatible-form", family: .tree, severity: .info,
    summary: "an entry of `compatible` is empty, or has blanks or a comma at its edge",
    why: """
      Drivers are found by an exact comparison. An entry that is empty, begins with a blank, or is
      two names in one text, fits no driver, and nobody says so.
      """,
    source: "Devicetree Specification v0.4, section 2.3.1",
    bad: [
      """
      / {
        flash {
          «compatible» = " jedec,spi-nor";
        };
      };
      """,
      """
      / {
        «compatible» = "example,board, example,soc";
      };
      """,
      """
      / {
        «compatible» = "example,board", "";
      };
      """,
    ],
    good: [
      """
      / {
        compatible = "example,board", "example,soc";
        soc { compatible = "simple-bus"; };
        pwr { compatible = "st,stm32mp1,pwr-reg"; };
      };
      """
    ])

  static let names: [KnownName] = [.compatible]

  static func check(
    _ property: PropertyID, of node: NodeID, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    let range = tree.valueRange(property)
    // What is no list of texts is another rule's; an empty one of the root, too.
    guard !range.isEmpty, tree.bytes[range.upperBound - 1] == 0 else { return }
    let comma = UInt8(ascii: ",")
    var start = range.lowerBound
    for index in range {
      let byte = tree.bytes[index]
      // Nearly all letters.
      if byte > comma { continue }
      let isOdd =
        if byte == 0 {
          index == start || tree.bytes[index - 1] == comma
        } else {
          byte <= 0x20 || (byte == comma && index == start)
        }
      if isOdd {
        let end = tree.bytes[index..<range.upperBound].firstIndex(of: 0) ?? index
        let text = tree.text(start..<end)
        findings.report(
          text.isEmpty
            ? "an entry of `compatible` is empty" : "`\(text)` is not the name of a device",
          at: node, property, help: "write each name as a text of its own: \"vendor,device\"")
        return
      }
      if byte == 0 { start = index + 1 }
    }
  }
}
