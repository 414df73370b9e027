import BootImages
import DeviceTree
import Diagnostics
import Measures

/// A dom0 that RAM has no room for.
enum Dom0Bank0Fits: TreeRule {
  static let card = RuleCard(
    id: "dom0-bank0-fits", family: .layout, severity: .error,
    summary: "RAM has no room for dom0's memory, or none for its first bank",
    why: """
      dom0's first bank is a block of 128 MiB or more (of `dom0_mem`, if that is less) below 4 GiB
      that begins at a multiple of its size, and in which no module lies. Its size is a power of two,
      so that a `dom0_mem` below 128 MiB has to be one. Xen 4.3 and 4.4 want all of dom0's memory as
      one such block. Where there is none, Xen panics.
      """,
    context: .xen,
    evidence: .seen("Unable to allocate first memory bank", version: "4.17.5"),
    source: "Xen xen/arch/arm/domain_build.c, allocate_memory_11",
    bad: [
      // A module in each of the blocks.
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 { device_type = "memory"; reg = <0x40000000 0x10000000>; };
          chosen {
            «xen,xen-bootargs» = "console=dtuart dom0_mem=128M";
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x600000>;
            };
            module@4a000000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x4a000000 0x100000>;
            };
          };
        };
        """, for: .xen("4.17")),
      // More than there is.
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 { device_type = "memory"; reg = <0x40000000 0x20000000>; };
          chosen {
            «xen,xen-bootargs» = "console=dtuart dom0_mem=700M";
          };
        };
        """, for: .xen("4.17")),
      RuleExample(
        """
        / {
          chosen {
            «xen,xen-bootargs» = "console=dtuart dom0_mem=100M";
          };
        };
        """, for: .xen("4.17")),
    ],
    good: [
      RuleExample(
        """
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@40000000 { device_type = "memory"; reg = <0x40000000 0x10000000>; };
          chosen {
            xen,xen-bootargs = "console=dtuart dom0_mem=128M";
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x600000>;
            };
            module@46000000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x46000000 0x100000>;
            };
          };
        };
        """, for: .xen("4.17"))
    ])

  /// What the first bank need not exceed, as an exponent: 128 MiB.
  private static let enough = 27

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard !context.isARM64, let dom0 = context.dom0Memory else { return }
    let ceiling = Dom0Memory.ceilingOrder(dom0.bytes)
    func report(_ message: String, help: String) {
      findings.report(message, at: dom0.node, dom0.property, help: help)
    }
    guard context.xen >= XenVersion(major: 4, minor: 5) else {
      if let memory = context.bootMemory, !memory.free.hasBlock(order: ceiling) {
        report(
          "RAM has no free block of \(words(ceiling)) for dom0, which Xen \(context.xen) wants in one"
            + " piece (dom0_mem=\(dom0.text))",
          help: "give dom0 less, or load the modules elsewhere")
      }
      return
    }
    // Xen tries blocks from here downwards, to the ceiling of what it wants at least.
    guard dom0.floorOrder >= min(ceiling, enough) else {
      report(
        "dom0_mem=\(dom0.text) is below 128 MiB and no power of two, for which Xen finds no first bank",
        help: "write dom0_mem=\(ByteCount(1 << UInt64(ceiling)).xenSpelling)")
      return
    }
    guard let memory = context.bootMemory else { return }
    if memory.free.size < dom0.bytes {
      report(
        "dom0_mem=\(dom0.text) is more than the \(ByteCount(memory.free.size)) of RAM that are free",
        help: "give dom0 less")
    } else if !memory.free.below(Address(1 << 32)).hasBlock(order: min(ceiling, enough)) {
      report(
        "no block of \(words(min(ceiling, enough))) below 4 GiB is free for dom0's first bank",
        help: "load the modules close together")
    }
  }

  private static func words(_ order: Int) -> String {
    ByteCount(1 << UInt64(order.clamped(to: 0...63))).description
  }
}

extension ByteCount {
  /// As Xen's command line has it: `512M`.
  var xenSpelling: String {
    for (letter, shift) in [("G", 30), ("M", 20), ("K", 10)] as [(String, UInt64)]
    where rawValue != 0 && rawValue % (1 << shift) == 0 {
      return "\(rawValue >> shift)\(letter)"
    }
    return "\(rawValue)B"
  }
}

extension Int {
  fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
