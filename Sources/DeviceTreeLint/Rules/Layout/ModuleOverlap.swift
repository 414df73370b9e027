import BootImages
import DeviceTree
import Diagnostics
import Measures

/// Two things that are to lie in the same bytes.
enum ModuleOverlap: TreeRule {
  static let card = RuleCard(
    id: "module-overlap", family: .layout, severity: .error,
    summary: "a module overlaps another one, Xen, the tree or a loaded file",
    why: """
      What is loaded later overwrites what was there. Xen 4.18 and later drop the later of two modules
      with `Region: […) overlapping with mod[…]`, before the console works. Older ones build dom0 from
      what they find, and stop in a BUG when they give the modules' memory back, twice.
      """,
    context: .xen,
    evidence: .seen("Xen BUG at common/page_alloc.c:1423", version: "4.17.5"),
    source: "Xen xen/common/device-tree/bootinfo.c, boot_modules_overlap_check;"
      + " xen/arch/arm/setup.c, discard_initial_modules",
    bad: [
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@44000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <0x44000000 0x600000>;
            };
            module@44500000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              «reg» = <0x44500000 0x100000>;
            };
          };
        };
        """, for: .xen("4.17")),
      // Xen lies where the kernel is loaded to.
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@42000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              «reg» = <0x42000000 0x600000>;
            };
          };
        };
        """,
        for: RuleExample.Target(
          xen: "4.17", files: [.xen("4.17", at: 0x4200_0000, end: 0x11_6290)])),
      // The tree lies in the ramdisk.
      RuleExample(
        """
        / {
          chosen {
            #address-cells = <1>; #size-cells = <1>;
            module@42f00000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              «reg» = <0x42f00000 0x200000>;
            };
          };
        };
        """, for: RuleExample.Target(xen: "4.17", treeAddress: 0x4300_0000)),
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
            module@44600000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x44600000 0x100000>;
            };
          };
        };
        """,
        for: RuleExample.Target(
          xen: "4.17", files: [.xen("4.17", at: 0x4200_0000, end: 0x11_6290)],
          treeAddress: 0x4300_0000)),
      // Two guests share a kernel: Xen keeps one module of it.
      RuleExample(
        """
        / {
          chosen {
            domU1 {
              compatible = "xen,domain";
              #address-cells = <1>; #size-cells = <1>;
              module@44000000 {
                compatible = "multiboot,kernel", "multiboot,module";
                reg = <0x44000000 0x600000>;
              };
            };
            domU2 {
              compatible = "xen,domain";
              #address-cells = <1>; #size-cells = <1>;
              module@44000000 {
                compatible = "multiboot,kernel", "multiboot,module";
                reg = <0x44000000 0x600000>;
              };
            };
          };
        };
        """, for: .xen("4.17")),
    ])

  /// Something that lies in memory.
  private struct Thing {
    let name: String
    let range: AddressRange
    /// Nil for what has no node: Xen, the tree, other files.
    let node: NodeID?
    let property: PropertyID?
  }

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard !context.modules.isEmpty, let chosen = context.chosen else { return }
    let things = things(context).sorted {
      ($0.range.start, $0.range.end) < ($1.range.start, $1.range.end)
    }
    // In order of their starts, each need only be held against the one that reaches furthest.
    var furthest: Thing?
    for thing in things {
      guard let other = furthest else {
        furthest = thing
        continue
      }
      if other.range.overlaps(thing.range) { report(other, thing, chosen, context, &findings) }
      if thing.range.end > other.range.end { furthest = thing }
    }
  }

  private static func report(
    _ first: Thing, _ second: Thing, _ chosen: NodeID, _ context: LintContext,
    _ findings: inout Findings
  ) {
    // A module is told to move before Xen is, and the later of two.
    let order = { (thing: Thing) in thing.node?.index ?? -1 }
    let (fixed, moved) = order(first) <= order(second) ? (first, second) : (second, first)
    findings.report(
      "\(moved.name) at \(moved.range) overlaps \(fixed.name) at \(fixed.range)",
      at: moved.node ?? chosen, moved.property,
      help: "load \(moved.name) behind \(fixed.range.end), or where nothing else is")
  }

  private static func things(_ context: LintContext) -> [Thing] {
    let tree = context.tree
    var things: [Thing] = []
    var seen: Set<BootModule.Slot> = []
    var owned: Set<UInt64> = []
    for module in context.modules {
      guard let slot = module.slot, let range = module.range else { continue }
      owned.insert(slot.start)
      // Xen keeps one module where the same file is named twice.
      guard seen.insert(slot).inserted else { continue }
      things.append(
        Thing(
          name: context.name(of: module), range: grown(range, context.file(of: module)),
          node: module.node, property: tree.property(module.node, .reg)))
    }
    if let initrd = context.initrdOfChosen, let chosen = context.chosen,
      seen.insert(.init(kind: .ramdisk, start: initrd.range.start.rawValue)).inserted
    {
      owned.insert(initrd.range.start.rawValue)
      things.append(
        Thing(
          name: "the ramdisk of `/chosen`", range: initrd.range, node: chosen,
          property: initrd.property))
    }
    if let range = context.treeRange {
      owned.insert(range.start.rawValue)
      things.append(Thing(name: "the tree", range: range, node: nil, property: nil))
    }
    for file in context.target.loaded {
      let isXen = file.address == context.xenInMemory?.file.address
      guard isXen || !owned.contains(file.address.rawValue),
        let range = AddressRange(start: file.address, size: ByteCount(file.bytes.count))
      else { continue }
      things.append(
        Thing(name: isXen ? "Xen" : file.name, range: range, node: nil, property: nil))
    }
    return things.filter { !$0.range.isEmpty }
  }

  /// The longer of what the node claims and what the file has.
  private static func grown(_ range: AddressRange, _ file: LoadedFile?) -> AddressRange {
    guard let file else { return range }
    let size = max(range.size, ByteCount(file.bytes.count))
    return AddressRange(start: range.start, size: size) ?? range
  }
}
