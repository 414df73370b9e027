import BootImages
import DeviceTree
import Diagnostics

/// A kernel of a kind that Xen does not start.
enum KernelZImageMagic: TreeRule {
  static let card = RuleCard(
    id: "kernel-zimage-magic", family: .layout, severity: .error,
    summary: "the kernel's file is no kernel that this Xen starts",
    why: """
      Xen tells a zImage by its magic number at 0x24. It unpacks gzip since 4.7 and nothing else; it
      knows U-Boot's wrapper (uImage) since 4.5, a packed kernel in it since 4.18. For anything else
      there is `Could not set up DOM0 guest OS` and no reason. The file is known to `ctboot build`,
      and to `ctboot lint` by `--load FILE@ADDRESS`.
      """,
    context: .xen,
    evidence: .seen("Could not set up DOM0 guest OS", version: "4.17.5"),
    after: ["kernel-arm64-on-arm32"],
    source: "Xen xen/arch/arm/kernel.c, kernel_zimage32_probe and kernel_uimage_probe",
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
        for: RuleExample.Target(xen: "4.17", files: [.bytes(at: 0x4400_0000, size: 0x100)])),
      // A packed kernel in U-Boot's wrapper.
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
          xen: "4.17",
          files: [.uImage(at: 0x4400_0000, load: 0, entry: 0, compression: 1, payload: 64)])),
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
      guard let (fault, help) = fault(kernel.kernel, context.xen) else { continue }
      findings.report(
        "\(kernel.file.name) is \(fault)", at: kernel.module.node,
        context.tree.property(kernel.module.node, .reg), help: help)
    }
  }

  /// What the file is, and what to do about it; nil where Xen starts it.
  private static func fault(
    _ kernel: KernelFile, _ xen: XenVersion
  ) -> (fault: String, help: String)? {
    func before(_ minor: Int) -> Bool { xen < XenVersion(major: 4, minor: minor) }
    switch kernel {
    case .zImage, .image64: return nil
    case .gzip:
      return before(7)
        ? ("packed with gzip, which Xen unpacks since 4.7", "unpack it with gunzip") : nil
    case .elf:
      return before(12) ? nil : ("an ELF program, which Xen starts until 4.11 only", zImageHelp)
    case .uImage(let header):
      if before(5) { return ("a uImage, which Xen knows since 4.5", unwrapHelp) }
      if header.compression != 0, before(18) || header.compression != 1 {
        return ("a uImage of a packed kernel, which Xen \(xen) does not unpack", unwrapHelp)
      }
      if !before(18), header.load == 0, header.entry != 0 {
        return (
          "a uImage with an entry point (\(hex(header.entry))) and no load address, which Xen"
            + " \(xen) refuses", unwrapHelp
        )
      }
      return nil
    case .other(let kind): return ("\(kind), and no kernel that Xen starts", zImageHelp)
    }
  }

  private static let zImageHelp = "give a zImage, as Debian's armmp kernels are"
  private static let unwrapHelp = "give the zImage itself, without U-Boot's wrapper"
}
