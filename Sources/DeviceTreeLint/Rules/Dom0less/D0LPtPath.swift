import DeviceTree
import Diagnostics

/// A device that is handed over and is not there, or that dom0 keeps.
enum D0LPtPath: TreeRule {
  static let card = RuleCard(
    id: "d0l-pt-path", family: .dom0less, severity: .error,
    summary: "`xen,path` leads to no node of the machine's tree, or to one that dom0 keeps",
    why: """
      Xen takes interrupts and IOMMU of a guest's device from the node that `xen,path` names, by its
      whole path, and refuses the guest where there is none ("Couldn't find node"). Without
      `xen,passthrough` in that node dom0 gets the device first: its interrupt is used twice.
      """,
    context: .xen,
    evidence: .seen("Couldn't find node /rtc@9010000 in host_dt!", version: "4.17.5"),
    source: "Xen docs/misc/arm/passthrough.txt; dom0less-build.c, handle_passthrough_prop",
    bad: [
      RuleExample(
        PassthroughExample.host(reg: "«reg»"),
        for: .init(xen: "4.17", files: [PassthroughExample.file(path: "/soc/serial@1c28800")])),
      RuleExample(
        PassthroughExample.host(passthrough: "", reg: "«reg»"),
        for: .init(xen: "4.17", files: [PassthroughExample.file()])),
    ],
    good: [
      RuleExample(
        PassthroughExample.host(),
        for: .init(xen: "4.17", files: [PassthroughExample.file()]))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.passthroughTrees.contains(where: { $0.module != nil }) else { return }
    let hasDom0 = context.modules.contains { $0.kind == .kernel && $0.domain == nil }
    for partial in context.passthroughTrees where partial.module != nil {
      for device in partial.devices where device.isAssigned {
        guard let property = device.path else { continue }
        guard let path = partial.tree.strings(property)?.first,
          let host = context.node(atPath: path)
        else {
          let path = partial.tree.strings(property)?.first ?? ""
          partial.report(
            "there is no node `\(path)` in the machine's tree", at: device.node, property,
            help: "name the node by its whole path, unit addresses and all", context, &findings)
          continue
        }
        if hasDom0, !isMarked(host, context) {
          partial.report(
            "\(path) has no `xen,passthrough`, so dom0 gets it as well", at: device.node, property,
            help: "add `xen,passthrough;` to the node in the machine's tree", context, &findings)
        }
      }
    }
  }

  /// A node inside a marked one is not dom0's either.
  private static func isMarked(_ node: NodeID, _ context: LintContext) -> Bool {
    var next: NodeID? = node
    while let step = next {
      if context.tree.has(step, .xenPassthrough) { return true }
      next = context.tree.parent(step)
    }
    return false
  }
}
