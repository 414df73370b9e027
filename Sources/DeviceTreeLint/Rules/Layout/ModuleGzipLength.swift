import BootImages
import DeviceTree
import Diagnostics

/// A gzip kernel that makes Xen read a word where it cannot.
enum ModuleGzipLength: TreeRule {
  static let card = RuleCard(
    id: "module-gzip-length", family: .layout, severity: .error,
    summary: "the size of a gzip kernel is not a multiple of 4",
    why: """
      Xen before 4.21 reads the unpacked length as one word at the end of the module. A 32-bit
      hypervisor cannot read a word that is not aligned: it aborts with an alignment fault before
      there is a dom0. The file's kind is known to `ctboot build`, and to `ctboot lint` by
      `--load FILE@ADDRESS`.
      """,
    context: .xen,
    evidence: .seen("Data Abort", version: "4.17.5"),
    source: "Xen xen/common/device-tree/kernel.c, output_length; commit 384a399d21",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              «reg» = <0x44000000 0x82>;
            };
          };
        };
        """,
        for: RuleExample.Target(xen: "4.17", files: [.gzip(at: 0x4400_0000, size: 0x82)]))
    ],
    good: [
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x84>;
            };
          };
        };
        """,
        for: RuleExample.Target(xen: "4.17", files: [.gzip(at: 0x4400_0000, size: 0x84)])),
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x82>;
            };
          };
        };
        """,
        for: RuleExample.Target(xen: "4.21", files: [.gzip(at: 0x4400_0000, size: 0x82)])),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard context.xen < XenVersion(major: 4, minor: 21), !context.isARM64 else { return }
    for kernel in context.kernels where isUnpacked(kernel.kernel, context.xen) {
      guard let pair = kernel.module.pair, (pair.address &+ pair.size) % 4 != 0 else { continue }
      findings.report(
        "the gzip kernel \(kernel.file.name) ends at \(hex(pair.address &+ pair.size)), which is no"
          + " multiple of 4: Xen \(context.xen) aborts when it reads its last word",
        at: kernel.module.node, context.tree.property(kernel.module.node, .reg),
        help: "unpack it with gunzip, or pack it again until its size is a multiple of 4")
    }
  }

  /// Whether Xen unpacks it: since 4.7, and since 4.18 also in U-Boot's wrapper.
  private static func isUnpacked(_ kernel: KernelFile, _ xen: XenVersion) -> Bool {
    switch kernel {
    case .gzip: xen >= XenVersion(major: 4, minor: 7)
    case .uImage(let header): header.compression == 1 && xen >= XenVersion(major: 4, minor: 18)
    default: false
    }
  }
}
