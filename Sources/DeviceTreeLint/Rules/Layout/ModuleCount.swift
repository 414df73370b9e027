import BootImages
import DeviceTree
import Diagnostics
import Measures

/// More modules than Xen has slots for.
enum ModuleCount: TreeRule {
  static let card = RuleCard(
    id: "module-count", family: .layout, severity: .error,
    summary: "there are more modules than Xen keeps",
    why: """
      Xen itself and the tree take two of its slots: 32 since 4.12, 5 before that. What comes later in
      the tree is ignored; Xen says so before its console works, and where a kernel was among them,
      that is what the console tells. Xen 4.3 and 4.4 know one kernel and one ramdisk.
      """,
    context: .xen,
    evidence: .seen("Missing kernel boot module?", version: "4.17.5"),
    source: "Xen xen/common/device-tree/bootinfo.c, add_boot_module; MAX_MODULES",
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
            module@46000000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x46000000 0x100000>;
            };
            module@47000000 {
              compatible = "xen,xsm-policy", "multiboot,module";
              reg = <0x47000000 0x1000>;
            };
            «module@48000000» {
              compatible = "multiboot,module";
              reg = <0x48000000 0x1000>;
            };
          };
        };
        """, for: .xen("4.11"))
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
            module@46000000 {
              compatible = "multiboot,ramdisk", "multiboot,module";
              reg = <0x46000000 0x100000>;
            };
            module@47000000 {
              compatible = "xen,xsm-policy", "multiboot,module";
              reg = <0x47000000 0x1000>;
            };
            module@48000000 {
              compatible = "multiboot,module";
              reg = <0x48000000 0x1000>;
            };
          };
        };
        """, for: .xen("4.12"))
    ])

  /// How many Xen keeps beside itself and the tree.
  private static func limit(_ xen: XenVersion) -> Int {
    if xen < XenVersion(major: 4, minor: 5) { return 2 }
    return xen < XenVersion(major: 4, minor: 12) ? 3 : 30
  }

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let limit = limit(context.xen)
    guard context.modules.count >= limit else { return }
    // One file that two guests share is one module, since 4.12.
    let isShared = context.xen >= XenVersion(major: 4, minor: 12)
    var kept: Set<BootModule.Slot> = []
    // Before 4.5 it has the ramdisk's own slot.
    if context.xen >= XenVersion(major: 4, minor: 5), let initrd = context.initrdOfChosen {
      kept.insert(BootModule.Slot(kind: .ramdisk, start: initrd.range.start.rawValue))
    }
    var ignored: [BootModule] = []
    var others = 0
    for module in context.modules {
      if isShared, let slot = module.slot, kept.contains(slot) { continue }
      guard kept.count + others < limit else {
        ignored.append(module)
        continue
      }
      if isShared, let slot = module.slot { kept.insert(slot) } else { others += 1 }
    }
    guard let first = ignored.first else { return }
    findings.report(
      "Xen \(context.xen) keeps \(limit) modules; this one and \(ignored.count - 1) behind it are"
        + " ignored",
      at: first.node, help: "take modules out that nobody needs, or boot a newer Xen")
  }
}

extension BootModule {
  /// What Xen tells modules apart by since 4.12.
  struct Slot: Hashable {
    let kind: Kind
    let start: UInt64
  }

  var slot: Slot? { pair.map { Slot(kind: kind, start: $0.address) } }
}
