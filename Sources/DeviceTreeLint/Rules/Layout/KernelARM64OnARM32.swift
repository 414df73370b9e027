import DeviceTree
import Diagnostics

/// A 64-bit kernel for a 32-bit Xen.
enum KernelARM64OnARM32: TreeRule {
  static let card = RuleCard(
    id: "kernel-arm64-on-arm32", family: .layout, severity: .error,
    summary: "the kernel is a 64-bit one, and Xen is not",
    why: """
      A 32-bit Xen does not know the `Image` of a 64-bit kernel: `Could not set up DOM0 guest OS`, and
      no reason. The file is known to `ctboot build`, and to `ctboot lint` by `--load FILE@ADDRESS`.
      """,
    context: .xen,
    evidence: .seen("Could not set up DOM0 guest OS", version: "4.17.5"),
    source: "Xen xen/arch/arm/kernel.c, kernel_image_probe",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              «reg» = <0x44000000 0x40>;
            };
          };
        };
        """, for: RuleExample.Target(xen: "4.17", files: [.image64(at: 0x4400_0000)]))
    ],
    good: [
      RuleExample(
        """
        / {
          cpus { cpu@0 { compatible = "arm,cortex-a53"; }; };
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x40>;
            };
          };
        };
        """, for: RuleExample.Target(xen: "4.17", files: [.image64(at: 0x4400_0000)])),
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x100>;
            };
          };
        };
        """,
        for: RuleExample.Target(
          xen: "4.17", files: [.zImage(at: 0x4400_0000, end: 0x100, size: 0x100)])),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard !context.isARM64 else { return }
    for kernel in context.kernels {
      guard case .image64 = kernel.kernel else { continue }
      findings.report(
        "\(kernel.file.name) is a 64-bit kernel, which a 32-bit Xen does not start",
        at: kernel.module.node, context.tree.property(kernel.module.node, .reg),
        help: "give a zImage, as Debian's armmp kernels are")
    }
  }
}
