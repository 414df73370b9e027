import BootImages
import DeviceTree
import Diagnostics
import Measures

/// A guest's `/hypervisor` without room for the grant table.
enum HypReg: TreeRule {
  static let card = RuleCard(
    id: "hyp-reg", family: .hypervisor, severity: .error,
    summary: "`reg` of a guest's `/hypervisor` has no room for the grant table",
    why: """
      The guest maps its grant table into the first range, a page of 4 KiB for each frame: 32 of
      them before Xen 4.10, 64 since, unless its configuration says otherwise. Frames beyond the
      range come to lie on whatever is there, or cannot be mapped; disk and network do not start.
      """,
    after: ["reg-length"],
    source: "Xen docs/misc/arm/device-tree/guest.txt",
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        hypervisor {
          compatible = "xen,xen-4.17", "xen,xen";
          «reg» = <0x38000000 0x1000>;
        };
      };
      """,
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        «hypervisor» {
          compatible = "xen,xen-4.17", "xen,xen";
        };
      };
      """,
    ],
    good: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        hypervisor {
          compatible = "xen,xen-4.2", "xen,xen";
          reg = <0xb0000000 0x20000>;
        };
      };
      """,
      """
      / {
        #address-cells = <2>; #size-cells = <2>;
        hypervisor {
          compatible = "xen,xen-4.17", "xen,xen";
          reg = <0 0x38000000 0 0x1000000>;
        };
      };
      """,
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    // The tree that Xen boots with is nobody's guest.
    guard let node = context.hypervisor, context.isXenHypervisor(node), !context.isForXen else {
      return
    }
    guard let property = tree.property(node, .reg) else {
      findings.report(
        "`/hypervisor` has no `reg`, and so no room for the grant table", at: node, help: help)
      return
    }
    guard let region = context.reg(node).first else {
      findings.report(
        "`reg` is no list of pairs in the root's cells", at: node, property, help: help)
      return
    }
    let isNew = version(tree, node) >= XenVersion(major: 4, minor: 10)
    let (least, usual): (UInt64, UInt64) = (32 << 12, isNew ? 64 << 12 : 32 << 12)
    guard region.size < usual else { return }
    let frames = region.size >> 12
    findings.report(
      "the grant table's range has room for \(frames) frames, and \(usual >> 12) are usual",
      at: node, property, severity: region.size < least ? .error : .warning, help: help)
  }

  private static let help = "give it one range of at least 0x40000 bytes in unused address space"

  /// As the node's first entry has it; the first version where that says nothing.
  private static func version(_ tree: FlatTree, _ node: NodeID) -> XenVersion {
    let text = tree.property(node, .compatible).flatMap { tree.strings($0)?.first }
    return text.flatMap { XenVersion($0.dropFirst("xen,xen-".count)) }
      ?? XenVersion(major: 4, minor: 3)
  }
}
