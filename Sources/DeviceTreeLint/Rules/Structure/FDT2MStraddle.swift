import BootImages
import DeviceTree
import Diagnostics
import Measures

/// A tree across a border of 2 MiB, of which old versions of Xen see the first part only.
enum FDT2MStraddle: TreeRule {
  static let card = RuleCard(
    id: "fdt-2m-straddle", family: .structure, severity: .error,
    summary: "the tree lies across a multiple of 2 MiB, which Xen before 4.9 cannot see past",
    why: """
      Xen up to 4.8 maps the one section of 2 MiB that the tree begins in, and looks at nothing
      before it reads: behind the border it finds junk, or an abort before there is a console. Since
      4.9 it maps the next section too.
      """,
    context: .xen,
    evidence: .tolerated(version: "4.17.5"),
    source: "Xen 4.4 xen/arch/arm/arm32/head.S; Xen commit 4a9d402746",
    bad: [RuleExample("/ { };", for: .init(xen: "4.4", treeAddress: 0x431F_FFF0))],
    good: [
      RuleExample("/ { };", for: .init(xen: "4.4", treeAddress: 0x4300_0000)),
      RuleExample("/ { };", for: .init(xen: "4.9", treeAddress: 0x431F_FFF0)),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let size = ByteCount(UInt64(context.tree.layout.totalSize))
    let section = UInt64(XenTreeMapping.size)
    guard context.xen < XenVersion(major: 4, minor: 9),
      let address = context.target.treeAddress,
      let tree = AddressRange(start: address, size: size),
      let border = Address(address.rawValue | (section - 1)).roundedUp(to: section),
      tree.end > border
    else { return }
    findings.report(
      "the tree at \(address) goes on behind \(border), to \(tree.end)",
      atOffset: nil,
      help: "load it to \(border), or use Xen 4.9 or later")
  }
}
