import DeviceTree
import Diagnostics

/// Processors that are not described so that Xen, or anybody, can start them.
///
/// Which number the first processor has only the board knows: on some it is not 0.
enum CPUNodes: TreeRule {
  static let card = RuleCard(
    id: "cpu-nodes", family: .tree, severity: .error,
    summary: "/cpus is missing, or a processor has no number of its own",
    why: """
      Xen and Linux start processors by the number in `reg`. One that has another one's number, or
      (for Xen) none, is left out; "DT missing boot CPU MPIDR" and one processor are the outcome.
      Without /cpus, or without a processor in it that has `device_type` and `compatible`, Xen does
      not build dom0: "Device tree generation failed".
      """,
    evidence: .seen("Device tree generation failed (-2)", version: "4.17.5"),
    source:
      "Xen xen/arch/arm/smpboot.c, dt_smp_init_cpus; xen/arch/arm/domain_build.c, make_cpus_node",
    bad: [
      """
      / {
        cpus {
          #address-cells = <1>; #size-cells = <0>;
          cpu@0 { device_type = "cpu"; compatible = "arm,cortex-a7"; reg = <0>; };
          cpu@1 {
            device_type = "cpu"; compatible = "arm,cortex-a7";
            «reg» = <0>;
          };
        };
      };
      """,
      RuleExample("«/» { };", for: .xen("4.17")),
      RuleExample(
        """
        / {
          cpus {
            #address-cells = <1>; #size-cells = <0>;
            cpu@0 { device_type = "cpu"; compatible = "arm,cortex-a7"; reg = <0>; };
            «cpu@1» { compatible = "arm,cortex-a7"; reg = <1>; };
            «cpu» { device_type = "cpu"; compatible = "arm,cortex-a7"; };
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          «cpus» {
            #address-cells = <1>; #size-cells = <0>;
            cpu-map { };
          };
        };
        """, for: .xen("4.17")),
    ],
    good: [
      RuleExample(
        """
        / {
          cpus {
            #address-cells = <1>; #size-cells = <0>;
            cpu@f00 { device_type = "cpu"; compatible = "arm,cortex-a7"; reg = <0xf00>; };
            cpu@f01 { device_type = "cpu"; compatible = "arm,cortex-a7"; reg = <0xf01>; };
          };
        };
        """, for: .xen("4.17")),
      "/ { cpus { cpu { device_type = \"cpu\"; }; }; };",
    ])

  static let expectsMachine = true

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let tree = context.tree
    guard let cpus = context.cpus else {
      guard context.isForXen else { return }
      findings.report(
        "there is no /cpus, and Xen does not build dom0 without it", at: .root,
        help: "describe the processors in /cpus")
      return
    }
    let cells = context.addressCells(cpus)
    var numbers: [(number: UInt64, node: NodeID, reg: PropertyID)] = []
    var isFirst = true
    for node in tree.children(cpus) {
      let isCPU = tree.property(node, .deviceType).map { tree.lists($0, "cpu") } == true
      guard isCPU || tree.baseNameIs(node, "cpu") else { continue }
      if context.isForXen {
        judge(node, isCPU: isCPU, isFirst: isFirst, context, &findings)
        if isCPU { isFirst = false }
      }
      if (1...2).contains(cells), let reg = tree.property(node, .reg),
        let number = tree.number(reg, at: 0, cells: cells)
      {
        numbers.append((number, node, reg))
      }
    }
    if isFirst, context.isForXen {
      findings.report(
        "there is no processor in /cpus, and Xen does not build dom0 without one", at: cpus,
        help: "describe each as `cpu@N` with `device_type = \"cpu\";`, `compatible` and `reg`")
    }
    numbers.sort { ($0.number, $0.node) < ($1.number, $1.node) }
    for (before, after) in zip(numbers, numbers.dropFirst()) where before.number == after.number {
      findings.report(
        "the processor has the number \(hex(after.number)), as `\(tree.name(before.node))` has",
        at: after.node, after.reg, help: "give each processor its own number, that of its MPIDR")
    }
  }

  /// What Xen wants of a processor.
  private static func judge(
    _ node: NodeID, isCPU: Bool, isFirst: Bool, _ context: LintContext, _ findings: inout Findings
  ) {
    let tree = context.tree
    guard isCPU else {
      findings.report(
        "without `device_type` Xen takes the node for no processor", at: node,
        help: "add `device_type = \"cpu\";`")
      return
    }
    if isFirst, !tree.has(node, .compatible) {
      findings.report(
        "the first processor has no `compatible`, which Xen gives to dom0's", at: node,
        help: "add it: `compatible = \"arm,cortex-a7\";` or whatever it is")
    }
    guard let reg = tree.property(node, .reg),
      tree.length(reg) >= 4 * max(1, context.xenCells(context.cpus ?? .root).address)
    else {
      findings.report(
        "the processor has no number in `reg`, and Xen leaves it out", at: node,
        tree.property(node, .reg), help: "add `reg`, with the number that is in its MPIDR")
      return
    }
    guard let number = tree.number(reg, at: 0, cells: tree.cellCount(reg)),
      number & ~0xFF_00FF_FFFF != 0
    else { return }
    findings.report(
      "\(hex(number)) cannot be a processor's number, and Xen leaves it out", at: node, reg,
      help: "write the affinity bits of its MPIDR, 0xff00ffffff at most")
  }
}
