import DeviceTree
import Diagnostics

/// Two properties for a ramdisk that do not make one.
enum InitrdProps: TreeRule {
  static let card = RuleCard(
    id: "initrd-props", family: .layout, severity: .error,
    summary: "`linux,initrd-start` and `linux,initrd-end` do not make a range",
    why: """
      Both have to be there, with 4 or 8 bytes, and the end behind the start. Linux has no ramdisk
      otherwise. Xen does without it too until 4.16; 4.17 and 4.18 stop reading the tree there and miss
      the modules behind it; since 4.19 they panic before the console works.
      """,
    evidence: .seen("Missing kernel boot module?", version: "4.17.5"),
    source: "Linux Documentation/devicetree/bindings/chosen.txt; Xen"
      + " xen/common/device-tree/bootinfo-fdt.c, process_chosen_node",
    bad: [
      """
      / {
        chosen {
          «linux,initrd-start» = <0x46000000>;
        };
      };
      """,
      """
      / {
        chosen {
          «linux,initrd-start» = <0x46100000>;
          linux,initrd-end = <0x46000000>;
        };
      };
      """,
      """
      / {
        chosen {
          «linux,initrd-start» = <0x0 0x0 0x46000000>;
          linux,initrd-end = <0x46100000>;
        };
      };
      """,
    ],
    good: [
      "/ { chosen { linux,initrd-start = <0x46000000>; linux,initrd-end = <0x46100000>; }; };",
      "/ { chosen { linux,initrd-start = <0 0x46000000>; linux,initrd-end = <0 0x46100000>; }; };",
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let chosen = context.chosen else { return }
    let tree = context.tree
    let start = tree.property(chosen, .linuxInitrdStart)
    let end = tree.property(chosen, .linuxInitrdEnd)
    guard let first = start ?? end else { return }
    guard let start, let end else {
      let missing = start == nil ? "linux,initrd-start" : "linux,initrd-end"
      findings.report(
        "`\(missing)` is missing", at: chosen, first,
        help: "add `\(missing)`, or take `\(tree.propertyName(first))` out")
      return
    }
    for property in [start, end] where context.initrdAddress(property) == nil {
      findings.report(
        "`\(tree.propertyName(property))` has \(tree.length(property)) bytes; an address has 4 or 8",
        at: chosen, property, help: "write an address of one cell or two")
    }
    guard let first = context.initrdAddress(start), let last = context.initrdAddress(end),
      first >= last
    else { return }
    findings.report(
      "the ramdisk starts at \(hex(first)) and ends at \(hex(last)), which is not behind it",
      at: chosen, start, help: "`linux,initrd-end` is the address behind the last byte")
  }
}
