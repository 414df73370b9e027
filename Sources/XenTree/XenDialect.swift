import BootImages
import DeviceTree

/// How modules and command lines are written down for a version of Xen.
///
/// Sources: Xen `docs/misc/arm/device-tree/booting.txt` and, for the releases in which it changed,
/// `xen/common/device-tree` (bootfdt) of 4.3, 4.4, 4.5 and later.
enum XenDialect: Sendable, Hashable, CaseIterable {
  /// 4.3: Xen reads `bootargs`, modules stand under `/chosen/modules`, only `xen,*` names.
  case first
  /// 4.4: as 4.3, with `xen,xen-bootargs` for Xen.
  case separateArguments
  /// 4.5 and later: `multiboot,*` names, modules directly under `/chosen`.
  case multiboot

  init(version: XenVersion) {
    if version < XenVersion(major: 4, minor: 4) {
      self = .first
    } else if version < XenVersion(major: 4, minor: 5) {
      self = .separateArguments
    } else {
      self = .multiboot
    }
  }

  /// The folder of `/chosen` that holds the modules, or nil for `/chosen` itself.
  var folder: String? { self == .multiboot ? nil : "modules" }

  /// The name by which Xen knows a GICv2 where it does not yet know `arm,gic-400`; the newer names
  /// came with 4.4 and 4.5 (Xen `xen/arch/arm/gic.c`, `gic_init`).
  var gic: String? { self == .multiboot ? nil : "arm,cortex-a15-gic" }

  /// The specific name of the module's kind, then the general one without which Xen does not look
  /// at the node at all.
  func compatible(_ kind: XenModule.Kind) -> [String] {
    switch (self, kind) {
    case (.multiboot, .kernel): ["multiboot,kernel", "multiboot,module"]
    case (.multiboot, .ramdisk): ["multiboot,ramdisk", "multiboot,module"]
    // This one kept its name.
    case (.multiboot, .policy): ["xen,xsm-policy", "multiboot,module"]
    case (.multiboot, .tree): ["multiboot,device-tree", "multiboot,module"]
    case (_, .kernel): ["xen,linux-zimage", "xen,multiboot-module"]
    case (_, .ramdisk): ["xen,linux-initrd", "xen,multiboot-module"]
    // Not known yet, and refused before it comes to this.
    case (_, .policy), (_, .tree): ["xen,multiboot-module"]
    }
  }

  /// The properties of `/chosen` that carry the two command lines; `dom0` is nil where there is none.
  func arguments(xen: String, dom0: String?) -> [Property] {
    [.string(argumentsProperty, xen)]
      + (dom0.map { [.string(Self.dom0ArgumentsProperty, $0)] } ?? [])
  }

  var argumentsProperty: String {
    switch self {
    case .first: "bootargs"
    case .separateArguments, .multiboot: "xen,xen-bootargs"
    }
  }

  static let dom0ArgumentsProperty = "xen,dom0-bootargs"
}
