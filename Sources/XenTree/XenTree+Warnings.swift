public import DeviceTree
public import Diagnostics
public import Measures

/// What Xen boots with, and what may surprise whoever boots it.
public enum XenTreeWarning: Sendable, Hashable {
  /// The tree says already that it is a guest's: Xen writes such a node for dom0 itself.
  case hypervisorNode
  /// The node's registers, or its RAM, lie under the grant table that Xen gives dom0.
  case grantTable(AddressRange, isRAM: Bool, path: String)
}

extension XenTreeWarning: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .hypervisorNode:
      Diagnostic(
        .warning, "the board's tree has a node `/hypervisor`, which Xen makes for dom0 itself",
        help: "take it out: it was left by somebody who ran under Xen")
    case .grantTable(let range, true, let path):
      Diagnostic(
        .warning, "dom0's grant table, \(range), lies in RAM (\(path)), which it overwrites",
        help: "boot a newer Xen, or tell it of less RAM")
    case .grantTable(let range, false, let path):
      Diagnostic(
        .warning, "dom0's grant table, \(range), hides the registers of \(path)",
        help: "boot a newer Xen, or keep dom0 from the device")
    }
  }
}

extension XenTree {
  /// What to look at twice in the board's tree.
  ///
  /// - Parameter grantTable: where this Xen maps dom0's grant table on this machine, for the old
  ///   versions that have a fixed place for it.
  public static func warnings(
    on base: DeviceTree, grantTable: AddressRange? = nil
  ) -> [XenTreeWarning] {
    var warnings: [XenTreeWarning] = []
    if base.root.children.contains(where: { $0.baseName == "hypervisor" }) {
      warnings.append(.hypervisorNode)
    }
    if let grantTable {
      base.root.forEachRegister { node, path, range in
        guard range.overlaps(grantTable) else { return }
        warnings.append(.grantTable(grantTable, isRAM: node.baseName == "memory", path: path))
      }
    }
    return warnings
  }
}
