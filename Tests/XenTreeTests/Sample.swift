import BootImages
import DeviceTree
import Foundation
import Measures
import OutsideTools
import XenTree

/// A small board's tree and what Xen is to be told in it.
enum Sample {
  static let arguments = (xen: "console=dtuart dtuart=serial0", dom0: "console=hvc0")
  static let kernel = XenModule(kind: .kernel, address: 0x4400_0000, size: 0x53_2200)
  static let ramdisk = XenModule(kind: .ramdisk, address: 0x4800_0000, size: 0x12_3457)

  static func plan(
    version: XenVersion = XenVersion(major: 4, minor: 17), console: String = "serial0",
    modules: [XenModule] = [kernel, ramdisk]
  ) -> XenTree {
    XenTree(
      version: version, xenArguments: arguments.xen, dom0Arguments: arguments.dom0,
      console: console, modules: modules)
  }

  /// - Parameters:
  ///   - chosen: the node that the board's tree came with, if it did.
  ///   - alias: what `serial0` stands for.
  static func base(
    chosen: Node? = Node(
      name: "chosen", properties: [.string("stdout-path", "serial0:115200n8")]),
    alias: String = "/soc/serial@1c28000"
  ) -> DeviceTree {
    let cells: [Property] = [.cells("#address-cells", [1]), .cells("#size-cells", [1])]
    let serial = Node(
      name: "serial@1c28000",
      properties: [
        .string("compatible", "snps,dw-apb-uart"), .cells("reg", [0x1c2_8000, 0x400]),
      ])
    let memory = Node(
      name: "memory@40000000",
      properties: [
        .string("device_type", "memory"), .cells("reg", [0x4000_0000, 0x4000_0000]),
      ])
    let aliases = Node(name: "aliases", properties: [.string("serial0", alias)])
    let soc = Node(name: "soc", properties: cells + [.empty("ranges")], children: [serial])
    return DeviceTree(
      root: Node(
        name: "", properties: cells + [.string("compatible", "example,demo")],
        children: [aliases] + (chosen.map { [$0] } ?? []) + [memory, soc]))
  }
}

/// The device-tree compiler, which shows a tree as its source.
enum DTC {
  /// The tree's source; a complaint of dtc's stands before it.
  static func source(of tree: DeviceTree) throws -> String {
    try OutsideTool.withTemporaryFolder { folder in
      try Data(tree.encoded()).write(to: folder.appendingPathComponent("tree.dtb"))
      return try OutsideTool.run("dtc", ["-I", "dtb", "-O", "dts", "tree.dtb"], in: folder).output
    }
  }

  /// The source of `/chosen` alone, moved to the left edge.
  static func chosen(of tree: DeviceTree) throws -> String {
    let lines = try source(of: tree).split(separator: "\n", omittingEmptySubsequences: false)
    let start = lines.firstIndex(of: "\tchosen {") ?? lines.endIndex
    let end = lines[start...].firstIndex(of: "\t};") ?? start
    return lines[start...].prefix(end - start + 1).map { $0.hasPrefix("\t") ? $0.dropFirst() : $0 }
      .joined(separator: "\n")
  }
}
