import BootImages
import DeviceTree
import Diagnostics
import Measures

/// Something that lies where Xen will clear memory for itself.
enum XenImageRoom: TreeRule {
  static let card = RuleCard(
    id: "xen-image-room", family: .layout, severity: .warning,
    summary: "something lies behind Xen's image, in memory that Xen clears when it starts",
    why: """
      Xen needs more memory than its file has bytes: its variables that begin as zero follow it, and
      it clears them before it looks at anything. A module that lies there is gone in part; without
      the tree Xen says nothing at all. The header tells how far it reaches. The image and its address are known to `ctboot build`, and to
      `ctboot lint` by `--load FILE@ADDRESS`.
      """,
    context: .xen,
    evidence: .silence(version: "4.17.5"),
    after: ["module-overlap"],
    source: "Xen xen/arch/arm/arm32/head.S, zero_bss; the image's header, word 0x2c",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@42100000 {
              compatible = "multiboot,kernel", "multiboot,module";
              «reg» = <0x42100000 0x600000>;
            };
          };
        };
        """,
        for: RuleExample.Target(
          xen: "4.17", files: [.xen("4.17", at: 0x4200_0000, end: 0x11_6290)])),
      RuleExample(
        """
        / {
          «chosen» { };
        };
        """,
        for: RuleExample.Target(
          xen: "4.17", files: [.xen("4.17", at: 0x4200_0000, end: 0x11_6290)],
          treeAddress: 0x4210_0000)),
    ],
    good: [
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x600000>;
            };
          };
        };
        """,
        for: RuleExample.Target(
          xen: "4.17", files: [.xen("4.17", at: 0x4200_0000, end: 0x11_6290)],
          treeAddress: 0x4300_0000))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let xen = context.xenInMemory, let whole = xen.range, let file = xen.fileRange,
      let cleared = AddressRange(start: file.end, end: whole.end), !cleared.isEmpty
    else { return }
    func judge(
      _ what: String, _ range: AddressRange?, at node: NodeID, _ property: PropertyID?,
      _ severity: Severity
    ) {
      // What overlaps the file's own bytes is another rule's.
      guard let range, range.overlaps(cleared), !range.overlaps(file) else { return }
      findings.report(
        "\(what) at \(range) lies in \(cleared), which Xen clears when it starts", at: node,
        property, severity: severity, help: "load \(what) behind \(cleared.end)")
    }
    let tree = context.tree
    // Since 4.18 Xen drops a module that touches it, cleared or not.
    let forModules: Severity = context.xen >= XenVersion(major: 4, minor: 18) ? .error : .warning
    for module in context.modules {
      judge(
        context.name(of: module), module.range, at: module.node, tree.property(module.node, .reg),
        forModules)
    }
    let place = context.chosen ?? .root
    if let initrd = context.initrdOfChosen {
      judge("the ramdisk of `/chosen`", initrd.range, at: place, initrd.property, forModules)
    }
    judge("the tree", context.treeRange, at: place, nil, .error)
  }
}
