import BootImages
import DeviceTree
import Diagnostics

/// Pools of processors that cannot be made, and guests in pools that are none.
enum D0LCPUPool: TreeRule {
  static let card = RuleCard(
    id: "d0l-cpupool", family: .dom0less, severity: .error,
    summary: "a pool of processors is empty, shares a processor, or is named but does not exist",
    why: """
      Xen makes the pools before any domain. It stops where one has no processor, where two have the
      same one, and where a guest's `domain-cpupool` is no `xen,cpupool`; a phandle that leads
      nowhere ends the list, or leaves the guest in the first pool, without a word. Known since Xen
      4.17.
      """,
    context: .xen,
    evidence: .tolerated(version: "4.17.5"),
    source: "Xen xen/common/sched/boot-cpupool.c; docs/misc/arm/device-tree/cpupools.txt",
    bad: [
      RuleExample(
        """
        / {
          cpus {
            #address-cells = <1>; #size-cells = <0>;
            cpu0: cpu@0 { device_type = "cpu"; reg = <0>; };
          };
          chosen {
            pool0 { compatible = "xen,cpupool"; cpupool-cpus = <&cpu0>; };
            pool1 {
              compatible = "xen,cpupool";
              «cpupool-cpus» = <&cpu0>;
            };
            «pool2» {
              compatible = "xen,cpupool";
            };
            domU1 {
              compatible = "xen,domain";
              «domain-cpupool» = <&cpu0>;
            };
          };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          cpus {
            #address-cells = <1>; #size-cells = <0>;
            cpu0: cpu@0 { device_type = "cpu"; reg = <0>; };
            cpu1: cpu@1 { device_type = "cpu"; reg = <1>; };
          };
          chosen {
            pool0 { compatible = "xen,cpupool"; cpupool-cpus = <&cpu0>; };
            pool1: pool1 { compatible = "xen,cpupool"; cpupool-cpus = <&cpu1>; };
            domU1 { compatible = "xen,domain"; domain-cpupool = <&pool1>; };
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let chosen = context.chosen, context.xen >= XenVersion(major: 4, minor: 17) else {
      return
    }
    let tree = context.tree
    var pools: [NodeID: NodeID] = [:]
    for pool in tree.children(chosen) where tree.isCompatible(pool, "xen,cpupool") {
      guard let property = tree.property(pool, .xenCPUPoolCPUs), tree.cellCount(property) > 0
      else {
        findings.report(
          "`\(tree.name(pool))` has no processors", at: pool,
          tree.property(pool, .xenCPUPoolCPUs),
          help: "name them: `cpupool-cpus = <&cpu0>;`, or take the pool out")
        continue
      }
      for index in 0..<tree.cellCount(property) {
        guard let phandle = tree.cell(property, index) else { break }
        guard let cpu = context.node(withPhandle: phandle) else {
          findings.report(
            "entry \(index + 1) of the pool is \(hex(phandle)), which is no node's phandle",
            at: pool, property, help: "name nodes of /cpus")
          break
        }
        if let other = pools.updateValue(pool, forKey: cpu) {
          findings.report(
            "\(tree.path(cpu)) is in the pool `\(tree.name(other))` already", at: pool, property,
            help: "leave each processor to one pool")
        }
      }
    }
    for domain in context.domains {
      guard let property = tree.property(domain, .xenCPUPool) else { continue }
      guard let pool = tree.cell(property, 0).flatMap({ context.node(withPhandle: $0) }) else {
        findings.report(
          "the pool of `\(tree.name(domain))` does not exist, so that it goes to the first one",
          at: domain, property, severity: .warning, help: "name a `xen,cpupool` node of /chosen")
        continue
      }
      if !tree.isCompatible(pool, "xen,cpupool") {
        findings.report(
          "\(tree.path(pool)) is no pool of processors", at: domain, property,
          help: "name a node that is compatible with `xen,cpupool`")
      }
    }
  }
}
