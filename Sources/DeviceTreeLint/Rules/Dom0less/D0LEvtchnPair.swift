import BootImages
import DeviceTree
import Diagnostics

/// Static event channels whose two ends do not meet.
enum D0LEvtchnPair: TreeRule {
  static let card = RuleCard(
    id: "d0l-evtchn-pair", family: .dom0less, severity: .error,
    summary: "the two ends of a static event channel do not name each other",
    why: """
      Each end is a node `xen,evtchn-v1` with a local port and the phandle of the other end, which
      has to point back; a domain's port may serve one channel. Otherwise Xen panics with "Could not
      set up domains evtchn". A node that is only `xen,evtchn`, as its documentation has it, is not
      looked at. Known since Xen 4.17.
      """,
    context: .xen,
    evidence: .seen("xen,evtchn property is not setup correctly.", version: "4.17.5"),
    source: "Xen xen/common/device-tree/static-evtchn.c; docs/misc/arm/device-tree/booting.txt",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            domU1 {
              compatible = "xen,domain";
              one: channel-1 {
                compatible = "xen,evtchn-v1";
                «xen,evtchn» = <10 &two>;
              };
            };
            domU2 {
              compatible = "xen,domain";
              two: channel-1 {
                compatible = "xen,evtchn-v1";
                «xen,evtchn» = <10 &two>;
              };
              channel-2 {
                «compatible» = "xen,evtchn";
                xen,evtchn = <11 &one>;
              };
            };
          };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          chosen {
            domU1 {
              compatible = "xen,domain";
              one: channel-1 { compatible = "xen,evtchn-v1"; xen,evtchn = <10 &two>; };
            };
            domU2 {
              compatible = "xen,domain";
              two: channel-1 { compatible = "xen,evtchn-v1"; xen,evtchn = <11 &one>; };
            };
          };
        };
        """, for: .xen("4.17"))
    ])

  private struct Port: Hashable {
    let owner: NodeID
    let number: UInt32
  }

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.xen >= XenVersion(major: 4, minor: 17) else { return }
    let tree = context.tree
    var ends: [NodeID] = []
    context.forEachPartOfDomains { if tree.has($0, .xenEventChannels) { ends.append($0) } }
    guard !ends.isEmpty else { return }
    let hasDom0 = !context.isDom0less || context.hasHardwareGuest
    let domains = Set(context.domains)
    func isDomain(_ node: NodeID?) -> Bool {
      guard let node else { return false }
      return node == context.chosen ? hasDom0 : domains.contains(node)
    }
    var ports: [Port: NodeID] = [:]
    for end in ends {
      guard let property = tree.property(end, .xenEventChannels), let owner = tree.parent(end)
      else { continue }
      guard tree.isCompatible(end, "xen,evtchn-v1") else {
        findings.report(
          "Xen looks for `xen,evtchn-v1` only", at: end, tree.property(end, .compatible),
          help: "write `compatible = \"xen,evtchn-v1\"`")
        continue
      }
      // Without a dom0 its own ends are passed over.
      if owner == context.chosen, !hasDom0 { continue }
      guard let port = tree.cell(property, 0), let phandle = tree.cell(property, 1) else {
        findings.report(
          "an end of an event channel is a port and a phandle", at: end, property,
          help: "write two cells: `xen,evtchn = <10 &other>;`")
        continue
      }
      if port != 0, let other = ports.updateValue(end, forKey: Port(owner: owner, number: port)) {
        findings.report(
          "port \(port) of this domain is taken by `\(tree.name(other))`", at: end, property,
          help: "give each channel of a domain a port of its own")
      }
      guard let remote = context.node(withPhandle: phandle), remote != end else {
        findings.report(
          context.node(withPhandle: phandle) == nil
            ? "the other end, \(hex(phandle)), is no node's phandle"
            : "the event channel has itself as its other end",
          at: end, property, help: "name the node of the other end")
        continue
      }
      let back = tree.property(remote, .xenEventChannels).flatMap { tree.cell($0, 1) }
      if back.flatMap({ context.node(withPhandle: $0) }) != end {
        findings.report(
          "\(tree.path(remote)) does not name this end in its turn", at: end, property,
          help: "let the two nodes name each other's phandles")
      } else if !isDomain(tree.parent(remote)) || !isDomain(owner) {
        findings.report(
          "an end of this event channel belongs to no domain that Xen starts", at: end, property,
          help: "put the node into a guest's node, or for dom0 into /chosen")
      }
    }
  }
}
