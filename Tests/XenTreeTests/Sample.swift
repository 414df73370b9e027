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

  /// A guest with the least that it needs.
  static func guest(_ name: String, at address: Address = 0x4a00_0000) -> XenDomain {
    XenDomain(
      name: name, memory: .mebibytes(64),
      modules: [XenModule(kind: .kernel, address: address, size: 0x53_2200)],
      arguments: "console=ttyAMA0")
  }

  /// Guests and no dom0.
  static func guests(
    _ domains: [XenDomain], version: XenVersion = XenVersion(major: 4, minor: 17),
    channels: [EventChannel] = [], pools: [ProcessorPool] = []
  ) -> XenTree {
    XenTree(
      version: version, xenArguments: arguments.xen, console: "serial0", modules: [],
      domains: domains, eventChannels: channels, pools: pools)
  }

  /// - Parameters:
  ///   - chosen: the node that the board's tree came with, if it did.
  ///   - alias: what `serial0` stands for.
  ///   - processors: how many nodes `/cpus` has; none means that it is missing.
  static func base(
    chosen: Node? = Node(
      name: "chosen", properties: [.string("stdout-path", "serial0:115200n8")]),
    alias: String = "/soc/serial@1c28000", processors: UInt32 = 0
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
        children: [aliases] + (chosen.map { [$0] } ?? []) + cpus(processors) + [memory, soc]))
  }

  private static func cpus(_ count: UInt32) -> [Node] {
    guard count > 0 else { return [] }
    let nodes = (0..<count).map { number in
      Node(
        name: "cpu@\(number)",
        properties: [
          .string("device_type", "cpu"), .string("compatible", "arm,cortex-a7"),
          .cells("reg", [number]),
        ])
    }
    return [
      Node(
        name: "cpus",
        properties: [.cells("#address-cells", [1]), .cells("#size-cells", [0])], children: nodes)
    ]
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
