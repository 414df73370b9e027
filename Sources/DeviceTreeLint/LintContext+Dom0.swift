import BootImages
import DeviceTree

/// Which nodes Xen hands to dom0.
extension LintContext {
  /// Whether Xen maps the node's registers and interrupts to dom0, or at least sets its interrupts
  /// up as if it did. Before 4.6 it leaves disabled nodes alone.
  ///
  /// Source: `handle_node`, Xen `xen/arch/arm/domain_build.c`.
  func reachesDom0(_ node: NodeID) -> Bool {
    wouldReachDom0(node) && !(leavesOutPPIs && nodesWithPPIs.contains(node))
  }

  /// The same, if the node itself had no PPI.
  func wouldReachDom0(_ node: NodeID) -> Bool {
    if xen < XenVersion(major: 4, minor: 6), !isAvailableToXen(node) { return false }
    return !isKeptFromDom0(node)
  }

  /// Since 4.13 Xen leaves out what has a PPI, with all below it.
  private var leavesOutPPIs: Bool { xen >= XenVersion(major: 4, minor: 13) }

  /// Whether Xen leaves out the node, for another reason than its own PPI, or a node around it. Each
  /// node is looked at once, however many ask.
  private func isKeptFromDom0(_ node: NodeID) -> Bool {
    var unknown: [NodeID] = []
    var isKept = false
    var next: NodeID? = node
    while let step = next {
      if let known = keptFromDom0[step] {
        isKept = known
        break
      }
      unknown.append(step)
      next = tree.parent(step)
    }
    for step in unknown.reversed() {
      isKept =
        isKept || isSkippedForDom0(step)
        || (leavesOutPPIs && tree.parent(step).map { nodesWithPPIs.contains($0) } == true)
      keptFromDom0[step] = isKept
    }
    return isKept
  }

  /// Whether Xen leaves the node and all below it out, or puts one of its own in its place.
  private func isSkippedForDom0(_ node: NodeID) -> Bool {
    if node == consoleNode || node == timer || node == cpus || gicVersion(node) != nil {
      return true
    }
    if let type = tree.property(node, .deviceType), tree.lists(type, "memory") { return true }
    guard let compatible = tree.property(node, .compatible) else { return false }
    return Self.notForDom0.contains { tree.lists(compatible, $0) }
      || hiddenByPlatform.contains { tree.lists(compatible, $0) }
  }

  private static let notForDom0: [StaticString] = [
    "xen,domain", "xen,evtchn-v1", "xen,domain-shared-memory-v1", "xen,xen",
    "xen,multiboot-module", "multiboot,module", "arm,psci", "arm,psci-0.2", "arm,psci-1.0",
    "arm,cortex-a7-pmu", "arm,cortex-a15-pmu", "arm,armv8-pmuv3", "arm,cortex-a53-edac",
    "arm,armv7-timer-mem", "arm,armv7-timer", "arm,armv8-timer",
  ]

  /// Xen tells PPIs by the number that it makes of the first two cells.
  func findNodesWithPPIs() -> Set<NodeID> {
    var nodes: Set<NodeID> = []
    for interrupt in allGICInterrupts where interrupt.type != 0 && interrupt.number < 16 {
      nodes.insert(interrupt.node)
    }
    return nodes
  }
}
