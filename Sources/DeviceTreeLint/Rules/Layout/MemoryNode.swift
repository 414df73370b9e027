import BootImages
import DeviceTree
import Diagnostics

/// A node for RAM that nobody takes for one.
enum MemoryNode: TreeRule {
  static let card = RuleCard(
    id: "memory-node", family: .layout, severity: .error,
    summary: "a node for RAM is not one that its readers know",
    why: """
      Linux goes by `device_type`. Xen since 4.20 wants a child of the root that is called `memory` or
      `memory@…`, has `device_type = "memory"` and is enabled, or stops with `No memory bank`. Older
      ones go by the name alone, but then hand a node without `device_type` to dom0 as a device, and
      stop with `Unable to copy the kernel in the hwdom memory`. U-Boot adds `device_type` to
      `/memory`; other loaders, and U-Boot with the node `/memory@…`, need not.
      """,
    evidence: .seen("Unable to copy the kernel in the hwdom memory", version: "4.17.5"),
    source: "Devicetree Specification v0.4, section 3.4; Xen xen/common/device-tree/bootinfo-fdt.c,"
      + " device_tree_is_memory_node; commit 47d4d3cdc5",
    bad: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        «memory@40000000» {
          reg = <0x40000000 0x40000000>;
        };
      };
      """,
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 {
            device_type = "memory";
            reg = <0x40000000 0x40000000>;
            «status» = "disabled";
          };
        };
        """, for: .xen("4.20")),
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          «ram@40000000» {
            device_type = "memory";
            reg = <0x40000000 0x40000000>;
          };
        };
        """, for: .xen("4.17")),
    ],
    good: [
      """
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@40000000 {
          device_type = "memory";
          reg = <0x40000000 0x40000000>;
        };
      };
      """,
      // U-Boot fills in what the board has.
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory { device_type = "memory"; reg = <0 0>; };
        };
        """, for: .xen("4.20")),
      // One of two banks is not for use.
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 { device_type = "memory"; reg = <0x40000000 0x40000000>; };
          memory@80000000 {
            device_type = "memory";
            reg = <0x80000000 0x40000000>;
            status = "disabled";
          };
        };
        """, for: .xen("4.20")),
    ])

  static let expectsMachine = true

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    // Nodes that every reader takes for RAM, and those that some do.
    var sound = 0
    var doubtful: [NodeID] = []
    for node in tree.children(.root) {
      let isNamed = context.hasMemoryName(node)
      let isTyped = isNamed || tree.has(node, .deviceType) ? context.isMemoryType(node) : false
      guard isNamed || isTyped else { continue }
      let isGood = isNamed && isTyped && context.isAvailable(node)
      if isGood { sound += 1 } else { doubtful.append(node) }
    }
    for node in doubtful { judge(node, isOnly: sound == 0, context, &findings) }
    if sound == 0, doubtful.isEmpty { judgeNone(context, &findings) }
  }

  private static func judge(
    _ node: NodeID, isOnly: Bool, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    let severity: Severity = isOnly ? .error : .warning
    guard context.isMemoryType(node) else {
      let type = tree.property(node, .deviceType)
      findings.report(
        type == nil
          ? "the node has no `device_type`, by which RAM is known"
          : "the node's `device_type` is not \"memory\"",
        at: node, type, severity: severity, help: "write device_type = \"memory\"",
        fix: Fix(
          // Beside a sound node it may be a leftover, which is better taken out.
          isOnly ? .safe : .risky, "write device_type = \"memory\"",
          .set(node: tree.path(node), property: "device_type", value: "\"memory\"")))
      return
    }
    guard context.isForXen else { return }
    guard context.hasMemoryName(node) else {
      findings.report(
        "Xen takes the node for no RAM: it is not called `memory` or `memory@…`", at: node,
        severity: severity, help: "call it `memory@…`, with its address")
      return
    }
    // Disabled. One bank of several is not to be used; that is somebody's wish.
    if context.xen < XenVersion(major: 4, minor: 19) {
      findings.report(
        "Xen \(context.xen) uses the RAM in spite of its `status`", at: node,
        tree.property(node, .status), severity: .warning,
        help: "take the node out, or boot Xen 4.19")
    } else if isOnly {
      findings.report(
        "the only RAM is disabled: Xen stops with `No memory bank`", at: node,
        tree.property(node, .status), help: "take `status` out")
    }
  }

  /// A tree without RAM is well where U-Boot will fill it in.
  private static func judgeNone(_ context: LintContext, _ findings: inout Findings) {
    guard context.isForXen, context.target.board == nil, !context.modules.isEmpty else { return }
    findings.report(
      "the tree has no RAM: U-Boot fills it in, and without U-Boot Xen stops with `No memory bank`",
      at: .root, severity: .info,
      help: "add memory@… with device_type = \"memory\" if something else starts Xen")
  }
}
