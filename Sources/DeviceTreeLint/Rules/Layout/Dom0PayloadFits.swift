import BootImages
import DeviceTree
import Diagnostics
import Measures

/// Kernel, tree and ramdisk that are more than dom0's first bank.
enum Dom0PayloadFits: TreeRule {
  static let card = RuleCard(
    id: "dom0-payload-fits", family: .layout, severity: .error,
    summary: "kernel, tree and ramdisk do not fit dom0's first bank",
    why: """
      Xen copies all three into the first bank, each rounded up to 2 MiB, the kernel as high as it can
      below 128 MiB, tree and ramdisk behind 128 MiB, else behind or before the kernel. Where that
      does not work out it panics: `Not enough memory in the first bank for the kernel+dtb+initrd`, or
      `Unable to find suitable location for dtb+initrd`. How large that bank will be is not determined
      for every `dom0_mem`; it is never more than that, and 128 MiB at least.
      """,
    context: .xen,
    evidence: .seen("Unable to find suitable location for dtb+initrd", version: "4.17.5"),
    after: ["dom0-bank0-fits"],
    source: "Xen xen/arch/arm/kernel.c, kernel_zimage_place and place_modules",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            «xen,xen-bootargs» = "console=dtuart dom0_mem=64M";
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x600000>;
            };
            module@46000000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x46000000 0x3800000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ],
    good: [
      RuleExample(
        """
        / {
          chosen {
            xen,xen-bootargs = "console=dtuart dom0_mem=128M";
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x600000>;
            };
            module@46000000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x46000000 0x3800000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard !context.isARM64, let dom0 = context.dom0Memory, let payload = payload(context) else {
      return
    }
    // Xen 4.3 and 4.4 round up, and give one bank.
    let isOneBlock = context.xen < XenVersion(major: 4, minor: 5)
    let ceiling = min(Dom0Memory.ceilingOrder(dom0.bytes), 40)
    let most = isOneBlock ? 1 << UInt64(ceiling) : dom0.bytes
    let sizes = "kernel \(ByteCount(payload.kernel)), tree and ramdisk \(ByteCount(payload.rest))"
    guard payload.fits(most) else {
      findings.report(
        "\(sizes) do not fit dom0's first bank, which has \(ByteCount(most)) at most"
          + " (dom0_mem=\(dom0.text))",
        at: dom0.node, dom0.property, help: "give dom0 more memory, or a smaller ramdisk")
      return
    }
    // With a free block of that size there is one bank, as far as anybody has seen.
    let isSettled =
      isOneBlock || most <= smallest
      || (dom0.isPowerOfTwo && context.bootMemory?.free.hasBlock(order: dom0.floorOrder) == true)
    guard !isSettled, !payload.fits(smallest) else { return }
    findings.report(
      "\(sizes) do not fit a first bank of 128 MiB, and that dom0's will be larger is not sure"
        + " (dom0_mem=\(dom0.text))",
      at: dom0.node, dom0.property, severity: .warning,
      help: "give dom0 a power of two of which a block is free, or a smaller ramdisk")
  }

  /// What Xen gives the first bank at least, where dom0 has that much.
  private static let smallest: UInt64 = 128 << 20

  /// What goes into the first bank.
  private struct Payload {
    /// Bytes that are copied, not rounded.
    let kernel: UInt64
    /// Tree and ramdisk, each rounded up to 2 MiB.
    let rest: UInt64

    /// Whether a bank of so many bytes that begins at a multiple of 2 MiB holds it, for a kernel that
    /// runs anywhere.
    func fits(_ bank: UInt64) -> Bool {
      guard kernel <= 1 << 40, rest <= 1 << 40 else { return false }
      guard rest + Self.roundedUp(kernel) <= bank, kernel <= min(bank, smallest) else {
        return false
      }
      let kernelStart = (min(bank, smallest) - kernel) & ~((2 << 20) - 1)
      let kernelEnd = kernelStart + kernel
      return (bank >= smallest + rest && kernelEnd < smallest)
        || bank - rest > Self.roundedUp(kernelEnd) || kernelStart > rest
    }

    static func roundedUp(_ size: UInt64) -> UInt64 {
      (size &+ (2 << 20) - 1) & ~((2 << 20) - 1)
    }
  }

  /// Nil where dom0's kernel is not known, or how long it is once it is unpacked.
  private static func payload(_ context: LintContext) -> Payload? {
    guard
      let module = context.modules.first(where: { $0.kind == .kernel && $0.domain == nil }),
      let size = module.range?.size.rawValue, size > 0
    else { return nil }
    var kernel = size
    if let file = context.file(of: module) {
      guard let copied = KernelFile(file).copiedSize else { return nil }
      kernel = copied
    }
    let ramdisk =
      context.initrdOfChosen?.range.size.rawValue
      ?? context.modules.first { $0.kind == .ramdisk && $0.domain == nil }?.range?.size.rawValue
      ?? 0
    // What Xen writes as dom0's tree is about as long as this one.
    let tree = UInt64(context.tree.bytes.count)
    let rest = Payload.roundedUp(min(ramdisk, 1 << 40)) + Payload.roundedUp(tree)
    return Payload(kernel: kernel, rest: rest)
  }
}
