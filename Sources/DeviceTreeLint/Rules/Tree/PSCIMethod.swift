import Bytes
import DeviceTree
import Diagnostics

/// Firmware that Xen cannot call to start the other processors.
enum PSCIMethod: TreeRule {
  static let card = RuleCard(
    id: "psci-method", family: .tree, severity: .error,
    summary: "Xen cannot call the firmware: `method` is not \"smc\", or `cpu_on` is missing",
    why: """
      Xen is the hypervisor, so a call of the hypervisor (hvc) would end in itself; it calls firmware
      by smc only, and by PSCI 0.1 only with the number in `cpu_on`. "/psci method must be smc, but
      is: "hvc"", and the secondary processors never start.
      """,
    context: .xen,
    evidence: .seen("/psci method must be smc, but is: \"hvc\"", version: "4.17.5"),
    source: "Xen xen/arch/arm/psci.c, psci_is_smc_method, psci_init_0_1",
    bad: [
      RuleExample(
        """
        / {
          psci {
            compatible = "arm,psci-0.2";
            «method» = "hvc";
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          «psci» { compatible = "arm,psci"; method = "smc"; };
        };
        """, for: .xen("4.17")),
    ],
    good: [
      RuleExample(
        "/ { psci { compatible = \"arm,psci-1.0\", \"arm,psci-0.2\"; method = \"smc\"; }; };",
        for: .xen("4.17")),
      RuleExample(
        "/ { psci { compatible = \"arm,psci\"; method = \"smc\"; cpu_on = <0x84000003>; }; };",
        for: .xen("4.17")),
      "/ { psci { compatible = \"arm,psci-0.2\"; method = \"hvc\"; }; };",
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    var later: NodeID?
    var first: NodeID?
    for node in tree.allNodes {
      // All of its names begin alike.
      guard let compatible = tree.property(node, .compatible), tree.length(compatible) >= 9,
        tree.bytes.matches("arm,psci", at: tree.valueRange(compatible).lowerBound)
      else { continue }
      if tree.lists(compatible, "arm,psci-0.2") || tree.lists(compatible, "arm,psci-1.0") {
        if later == nil { later = node }
      }
      if tree.lists(compatible, "arm,psci"), first == nil { first = node }
    }
    // Xen looks for 0.2 and later, and where it cannot use that, for 0.1.
    if let later, isCalledBySMC(later, tree) { return }
    if let first, isCalledBySMC(first, tree), tree.has(first, .cpuOn) { return }
    guard let node = later ?? first else { return }
    guard !isCalledBySMC(node, tree) else {
      findings.report(
        "PSCI 0.1 has no number for starting a processor here", at: node,
        help: "add `cpu_on`, with the number that the firmware knows")
      return
    }
    let method = tree.property(node, .method)
    findings.report(
      method.flatMap(tree.string).map { "the firmware is called by `\($0)`, and Xen calls by smc" }
        ?? "the node does not say how the firmware is called", at: node, method,
      help: "use firmware that is called by smc, and write `method = \"smc\";`")
  }

  private static func isCalledBySMC(_ node: NodeID, _ tree: FlatTree) -> Bool {
    tree.property(node, .method).map { tree.lists($0, "smc") } == true
  }
}
