import DeviceTree
import Diagnostics

/// A kernel of which a part is missing.
enum KernelZImageEnd: TreeRule {
  static let card = RuleCard(
    id: "kernel-zimage-end", family: .layout, severity: .error,
    summary: "the kernel's header claims more bytes than the module or its file has",
    why: """
      A zImage says how long it is. Where that is more than the module's size, Xen refuses it with
      `Could not set up DOM0 guest OS`; where the file itself is shorter, a load was cut off, and dom0
      unpacks rubbish. The file is known to `ctboot build`, and to `ctboot lint` by
      `--load FILE@ADDRESS`.
      """,
    context: .xen,
    evidence: .seen("Could not set up DOM0 guest OS", version: "4.17.5"),
    source: "Xen xen/arch/arm/kernel.c, kernel_zimage32_probe and kernel_uimage_probe",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              «reg» = <0x44000000 0x80>;
            };
          };
        };
        """,
        for: RuleExample.Target(
          xen: "4.17", files: [.zImage(at: 0x4400_0000, end: 0x100, size: 0x80)]))
    ],
    good: [
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
          xen: "4.17", files: [.zImage(at: 0x4400_0000, end: 0x100, size: 0x100)]))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    for kernel in context.kernels {
      guard let size = kernel.module.pair?.size, let claimed = claimedSize(kernel.kernel) else {
        continue
      }
      let length = UInt64(kernel.file.bytes.count)
      guard claimed > min(size, length) else { continue }
      findings.report(
        claimed > size
          ? "the header of \(kernel.file.name) claims \(claimed) bytes, and the module has \(size)"
          : "the header of \(kernel.file.name) claims \(claimed) bytes, and the file has \(length)",
        at: kernel.module.node, context.tree.property(kernel.module.node, .reg),
        help: claimed > length
          ? "the file is cut off: fetch or build it again"
          : "write the size of the file: \(hex(length))")
    }
  }

  /// With a wrapper around it.
  private static func claimedSize(_ kernel: KernelFile) -> UInt64? {
    switch kernel {
    // Xen subtracts without a look at which is larger.
    case .zImage(let start, let end): UInt64(end &- start)
    case .uImage(let header): UInt64(header.size) + 64
    default: nil
    }
  }
}
