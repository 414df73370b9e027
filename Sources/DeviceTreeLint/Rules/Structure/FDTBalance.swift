import BootImages
import DeviceTree
import Diagnostics

/// Nodes that begin and do not end, or end and did not begin, or lie too deep in one another.
enum FDTBalance: FaultRule, TreeRule {
  static let card = RuleCard(
    id: "fdt-balance", family: .structure, severity: .error,
    summary: "nodes are not closed in pairs, or lie too deep in one another",
    why: """
      A tree whose nodes do not pair is cut off, or was put together wrongly; each reader makes
      another tree of it. Deeper than 16 levels Xen does not look, and from 4.13 on, until it was
      mended in 4.20.4, 4.21.2 and 4.22, it prints "nested too deep" over and over and never boots.
      """,
    evidence: .silence(version: "4.17.5"),
    source: """
      Devicetree Specification v0.4, section 5.4; Xen xen/common/device-tree/bootfdt.c, \
      device_tree_for_each_node, and commit 3b717f57dc
      """,
    bad: [
      RuleExample("/ { };", patches: [.structure(8, 4)]),
      RuleExample("/ { n { }; };", patches: [.structure(8, 4), .structure(12, 4)]),
      RuleExample(
        """
        / { a { b { c { d { e { f { g { h { i { j { k { l { m { n { o { p { };
        }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; };
        """, for: .xen("4.17")),
    ],
    good: [
      RuleExample(
        """
        / { a { b { c { d { e { f { g { h { i { j { k { l { m { n { o { };
        }; }; }; }; }; }; }; }; }; }; }; }; }; }; };
        """, for: .xen("4.17"))
    ])

  static func severity(of fault: DeviceTreeError) -> Severity? {
    switch fault {
    case .openNodes, .unexpectedNodeEnd, .propertyOutsideNode, .tooDeep: card.severity
    default: nil
    }
  }

  /// Levels that Xen's early parser has room for, the root's among them.
  private static let levels = 16

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.isForXen else { return }
    let tree = context.tree
    var first: NodeID?
    var count = 0
    for node in tree.allNodes where tree.depth(node) == levels {
      if first == nil { first = node }
      count += 1
    }
    guard let node = first else { return }
    let hangs = (XenVersion(major: 4, minor: 13)..<XenVersion(major: 4, minor: 22))
      .contains(context.xen)
    findings.report(
      "the node lies on level \(levels + 1), and Xen has room for \(levels)", at: node,
      severity: hangs ? .error : .warning,
      notes: count > 1 ? ["\(count) nodes lie so deep, and what is in them deeper"] : [],
      help: hangs
        ? "move it up; this Xen does not come past it, unless it has commit 3b717f57dc"
        : "move it up; Xen does not look at it")
  }
}
