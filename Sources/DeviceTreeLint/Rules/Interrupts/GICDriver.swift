import BootImages
import DeviceTree
import Diagnostics

/// A machine none of whose GICs Xen drives.
enum GICDriver: TreeRule {
  static let card = RuleCard(
    id: "gic-driver", family: .interrupts, severity: .error,
    summary: "Xen has no driver for the GIC by any name that the tree gives it, or it is disabled",
    why: """
      Xen looks for a GIC by the names in `compatible`. Until 4.4 it did not know `arm,gic-400`,
      the only name that today's trees give theirs: 4.3 looks for `arm,cortex-a15-gic`, 4.4 for
      `arm,cortex-a7-gic` too. The block is the same, so one of these beside the other will do.
      Since 4.5 a GIC that is disabled does not count either. Without one Xen stops: "Unable to find
      compatible GIC in the device tree", mostly before its serial line is up.
      """,
    context: .xen,
    evidence: .seen("Unable to find compatible GIC in the device tree", version: "4.17.5"),
    source: """
      Xen 4.3 and 4.4 xen/arch/arm/gic.c, gic_init; 4.5 xen/arch/arm/gic-v2.c and device.c, \
      device_init; xen/arch/arm/include/asm/gic.h, DT_MATCH_GIC_V2
      """,
    bad: [
      example("«compatible» = \"arm,gic-400\";", "4.4"),
      example("«compatible» = \"arm,cortex-a7-gic\";", "4.3"),
      example("compatible = \"arm,gic-400\"; «status» = \"disabled\";", "4.17"),
      example("«compatible» = \"arm,cortex-a9-gic\";", "4.17"),
      example("«compatible» = \"arm,gic-4000\";", "4.17"),
    ],
    good: [
      example("compatible = \"arm,gic-400\", \"arm,cortex-a15-gic\";", "4.4"),
      example("compatible = \"arm,cortex-a7-gic\", \"arm,cortex-a15-gic\";", "4.3"),
      example("compatible = \"arm,gic-400\";", "4.5"),
    ])

  private static func example(_ names: String, _ xen: String) -> RuleExample {
    RuleExample(
      """
      / {
        #address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>;
        gic: interrupt-controller@1c81000 {
          \(names)
          interrupt-controller; #interrupt-cells = <3>;
          reg = <0x1c81000 0x1000>, <0x1c82000 0x2000>, <0x1c84000 0x2000>, <0x1c86000 0x2000>;
        };
      };
      """, for: .xen(xen))
  }

  static let expectsMachine = true
  static let judgesDisabled = true

  /// What Xen's drivers match, with the 4.x that had it first.
  private static let drivers: [(name: StaticString, since: Int)] = [
    ("arm,cortex-a15-gic", 3), ("arm,cortex-a7-gic", 4), ("arm,gic-400", 5), ("arm,gic-v3", 5),
  ]

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    // The first that it knows is the one that it takes; of the others other rules tell.
    let named = context.gics.filter { isKnown($0.node, context) }
    let looksAtStatus = context.xen >= XenVersion(major: 4, minor: 5)
    if named.contains(where: { !looksAtStatus || context.isAvailableToXen($0.node) }) { return }
    if let disabled = named.first {
      findings.report(
        "the GIC is disabled, and Xen stops without one", at: disabled.node,
        tree.property(disabled.node, .status), help: "take `status` out")
      return
    }
    guard let gic = context.gics.first else {
      checkStranger(context, &findings)
      return
    }
    let isRenamed =
      tree.property(gic.node, .compatible).map { compatible in
        drivers.contains { tree.lists(compatible, $0.name) }
      } ?? false
    findings.report(
      "Xen \(context.xen) has no driver for this GIC, and stops", at: gic.node,
      tree.property(gic.node, .compatible),
      help: isRenamed && gic.version == .two
        ? "add \"arm,cortex-a15-gic\" to its `compatible`, or boot Xen 4.5 or newer"
        : "Xen drives a GIC with virtual interfaces only: \"arm,gic-400\" or \"arm,gic-v3\"")
  }

  /// The controller that stands where a GIC does, under a name that nobody knows.
  private static func checkStranger(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    let controller = tree.allNodes.first { node in
      guard tree.property(node, .interruptController) != nil,
        let cells = tree.property(node, .interruptCells)
      else { return false }
      return tree.number(cells, at: 0, cells: 1) == 3
    }
    guard let controller else { return }
    findings.report(
      "Xen \(context.xen) knows no GIC by this name, and stops", at: controller,
      tree.property(controller, .compatible),
      help: "Xen drives \"arm,gic-400\", \"arm,cortex-a15-gic\" and \"arm,gic-v3\"")
  }

  private static func isKnown(_ node: NodeID, _ context: LintContext) -> Bool {
    guard let compatible = context.tree.property(node, .compatible) else { return false }
    return drivers.contains {
      context.xen >= XenVersion(major: 4, minor: $0.since)
        && context.tree.lists(compatible, $0.name)
    }
  }
}
