import BootImages
import DeviceTree
import Diagnostics
import Measures

/// A kernel that runs at one address only.
enum KernelZImageFixed: TreeRule {
  static let card = RuleCard(
    id: "kernel-zimage-fixed", family: .layout, severity: .warning,
    summary: "dom0's kernel is linked for one address, which need not be in dom0's first bank",
    why: """
      Xen copies a zImage whose header has a start address to just there, and a uImage with a load
      address too since 4.18 (before, it ignored the address). The place has to be in dom0's first
      bank, and where that will lie is not settled before the boot. Outside of it: `Unable to copy the
      kernel in the hwdom memory`. The file is known to `ctboot build`, and to `ctboot lint` by
      `--load FILE@ADDRESS`.
      """,
    context: .xen,
    evidence: .seen("Unable to copy the kernel in the hwdom memory", version: "4.17.5"),
    source: "Xen xen/arch/arm/kernel.c, kernel_zimage_place",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              «reg» = <0x44000000 0x100>;
            };
          };
        };
        """,
        for: RuleExample.Target(
          xen: "4.17",
          files: [.zImage(at: 0x4400_0000, start: 0x4000_8000, end: 0x4000_8100, size: 0x100)]))
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
          xen: "4.17", files: [.zImage(at: 0x4400_0000, end: 0x100, size: 0x100)])),
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x80>;
            };
          };
        };
        """,
        for: RuleExample.Target(
          xen: "4.17",
          files: [.uImage(at: 0x4400_0000, load: 0x4000_8000, entry: 0x4000_8000, payload: 64)])),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    for kernel in context.kernels where kernel.module.domain == nil {
      guard let place = place(kernel.kernel, context.xen) else { continue }
      let ram = MemorySet(context.memory.map(\.range))
      let isOutside = !ram.isEmpty && !ram.contains(place)
      findings.report(
        isOutside
          ? "\(kernel.file.name) has to run at \(place), where there is no RAM"
          : "\(kernel.file.name) has to run at \(place), which may lie outside dom0's first bank",
        at: kernel.module.node, context.tree.property(kernel.module.node, .reg),
        severity: isOutside ? .error : .warning,
        help: "build a kernel that runs anywhere (CONFIG_AUTO_ZRELADDR), without a load address")
    }
  }

  /// Where it has to lie; nil where Xen chooses.
  private static func place(_ kernel: KernelFile, _ xen: XenVersion) -> AddressRange? {
    switch kernel {
    case .zImage(let start, let end):
      start == 0
        ? nil
        : AddressRange(start: Address(UInt64(start)), size: ByteCount(UInt64(end &- start)))
    case .uImage(let header):
      header.load == 0 || xen < XenVersion(major: 4, minor: 18)
        ? nil
        : AddressRange(start: Address(UInt64(header.load)), size: ByteCount(UInt64(header.size)))
    default: nil
    }
  }
}
