import DeviceTree
import Diagnostics

/// A module that is longer or shorter than its file.
enum ModuleSizeFile: TreeRule {
  static let card = RuleCard(
    id: "module-size-file", family: .layout, severity: .warning,
    summary: "a module's size is not that of its file",
    why: """
      Xen reads how long an unpacked kernel will be from the last four bytes of the module, so that a
      gzip kernel boots only if the size is exact; otherwise there is `Could not set up DOM0 guest OS`
      and no reason. A ramdisk is handed on as long as the module is, rubbish at its end included. A
      plain kernel minds only a size that cuts it off. The file's length is known to `ctboot build`,
      and to `ctboot lint` by `--load FILE@ADDRESS`.
      """,
    context: .xen,
    evidence: .seen("Could not set up DOM0 guest OS", version: "4.17.5"),
    after: ["module-size-zero"],
    source: "Xen xen/common/device-tree/kernel.c, kernel_decompress; xen/arch/arm/domain_build.c,"
      + " initrd_load",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              «reg» = <0x44000000 0x600000>;
            };
          };
        };
        """,
        for: RuleExample.Target(xen: "4.17", files: [.gzip(at: 0x4400_0000, size: 0x80)])),
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@46000000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              «reg» = <0x46000000 0xffffff>;
            };
          };
        };
        """,
        for: RuleExample.Target(xen: "4.17", files: [.bytes(at: 0x4600_0000, size: 0x100)])),
    ],
    good: [
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@46000000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x46000000 0x100>;
            };
          };
        };
        """,
        for: RuleExample.Target(xen: "4.17", files: [.bytes(at: 0x4600_0000, size: 0x100)]))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard !context.target.loaded.isEmpty else { return }
    for module in context.modules.prefix(LintContext.modulesJudged) {
      guard let pair = module.pair, let file = context.file(of: module) else { continue }
      let length = UInt64(file.bytes.count)
      guard pair.size != length else { continue }
      let isExact =
        module.kind == .ramdisk || (module.kind == .kernel && KernelFile.isGzip(file))
      findings.report(
        "\(context.name(of: module)) has \(pair.size) bytes by its `reg`, but \(file.name) has"
          + " \(length)",
        at: module.node, context.tree.property(module.node, .reg),
        severity: isExact || pair.size < length ? .error : .warning,
        help: "write \(hex(length)), or `0x$filesize` behind the load in the boot script")
    }
  }
}
