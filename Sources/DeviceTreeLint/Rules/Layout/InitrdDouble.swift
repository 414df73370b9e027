import BootImages
import DeviceTree
import Diagnostics
import Measures

/// Two ramdisks for dom0, of which Xen takes the module's.
enum InitrdDouble: TreeRule {
  static let card = RuleCard(
    id: "initrd-double", family: .layout, severity: .warning,
    summary: "dom0's ramdisk is told of twice: by a module, and by `linux,initrd-start`",
    why: """
      Xen takes the first of them that it meets. Since 4.12 that is always `linux,initrd-start`, as
      module-shadowed-initrd says; from 4.5 on a module that stands before `/chosen` comes first, and
      in 4.4 what comes last replaces the other. U-Boot writes the properties whenever `bootz` is given
      a ramdisk.
      """,
    context: .xen,
    evidence: .tolerated(version: "4.17.5"),
    after: ["module-shadowed-initrd"],
    source: "Xen xen/common/device-tree/bootinfo-fdt.c, process_chosen_node; 4.4"
      + " xen/common/device_tree.c",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            «linux,initrd-start» = <0x47000000>;
            linux,initrd-end = <0x47100000>;
            #address-cells = <1>; #size-cells = <1>;
            module@46000000 {
              compatible = "xen,linux-initrd", "xen,multiboot-module";
              reg = <0x46000000 0x100000>;
            };
          };
        };
        """, for: .xen("4.4"))
    ],
    good: [
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@46000000 {
              compatible = "xen,linux-initrd", "xen,multiboot-module";
              reg = <0x46000000 0x100000>;
            };
          };
        };
        """, for: .xen("4.4"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let chosen = context.chosen, let pair = context.twoRamdisks else { return }
    findings.report(
      "dom0's ramdisk is told of twice: \(pair.initrd) here, and"
        + " \(pair.range.map(\.description) ?? "no range") by \(context.tree.path(pair.module.node))",
      at: chosen, pair.property, help: "keep one of the two")
  }
}

extension LintContext {
  /// dom0's ramdisk where a module and `/chosen` tell of two that differ.
  struct TwoRamdisks {
    let initrd: AddressRange
    let property: PropertyID
    let module: BootModule
    var range: AddressRange? { module.range }
  }

  var twoRamdisks: TwoRamdisks? {
    guard let initrd = initrdOfChosen,
      let module = modules.first(where: { $0.kind == .ramdisk && $0.domain == nil }),
      module.range != initrd.range
    else { return nil }
    return TwoRamdisks(initrd: initrd.range, property: initrd.property, module: module)
  }
}
