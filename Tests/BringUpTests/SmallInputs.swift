import Boards
import BootImages
import BringUp
import Bytes
import DeviceTree
import DeviceTreeLint
import Foundation
import Measures
import SystemPackage
import Workspace

/// Everything that a plan is made from, small and made here: no file of anybody's, no packages.
struct SmallInputs {
  var board = "bananapi"
  /// Words of the SoC's file and what stands in their place.
  var socChanges: [(String, String)] = []
  /// The name of the tree that the SPL says it was built with.
  var builtFor = "sun7i-a20-bananapi"
  var bootloaderOrigin = Input.Origin.path("u-boot.bin")
  var xenVersion: XenVersion?
  /// What Xen's image claims of memory.
  var xenSize = 4096
  var dom0Memory: ByteCount?
  var reservations: [MemoryReservation] = []
  /// What the tree has beside that.
  var rootProperties: [Property] = []
  var devices: [Node] = []
  /// What the project accepts.
  var accepted: [Acceptance.Entry] = []

  func plan() throws -> BuildPlan {
    let data = try DataFiles(
      project: nil, surroundings: Surroundings(environment: ["HOME": "/nowhere"]))
    let catalogue = try data.boards()
    let board = try catalogue.board(named: board)
    var project = Project(folder: "/nowhere", board: board.name)
    project.xen.version = xenVersion
    project.dom0.memory = dom0Memory
    project.lint = accepted
    return try BuildPlan(
      project: project, board: board, soc: try soc(of: board),
      inputs: [
        Input(role: .bootloader, bytes: bootloader, origin: bootloaderOrigin),
        Input(role: .xen, bytes: xen, origin: .path("xen")),
        Input(role: .kernel, bytes: Self.zImage(size: 4096, claims: 4096), origin: .path("zImage")),
        Input(role: .tree, bytes: tree(of: board).encoded(), origin: .path("board.dtb")),
        Input(role: .busybox, bytes: [1, 2, 3], origin: .path("busybox")),
      ],
      data: data, epoch: 0)
  }

  /// The shipped file with the changes, each of which has to find its words.
  private func soc(of board: Board) throws -> SoC {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let name = "Boards/soc/\(board.soc).yaml"
    var text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
    for (words, others) in socChanges {
      guard text.contains(words) else { throw CocoaError(.fileReadCorruptFile) }
      text = text.replacing(words, with: others)
    }
    return try SoC(text: text, file: name)
  }

  /// What Xen asks of a board's tree, and nothing else.
  private func tree(of board: Board) -> DeviceTree {
    func cells(_ address: UInt32, _ size: UInt32) -> [Property] {
      [.cells("#address-cells", [address]), .cells("#size-cells", [size])]
    }
    let processors = (0..<2 as Range<UInt32>).map { number in
      Node(
        name: "cpu@\(number)",
        properties: [
          .string("device_type", "cpu"), .string("compatible", "arm,cortex-a7"),
          .cells("reg", [number]),
        ])
    }
    let gic = Node(
      name: "interrupt-controller@1c81000",
      properties: [
        .string("compatible", "arm,gic-400"), .cells("phandle", [1]),
        .empty("interrupt-controller"), .cells("#interrupt-cells", [3]),
        .cells(
          "reg",
          [
            0x1C8_1000, 0x1000, 0x1C8_2000, 0x2000, 0x1C8_4000, 0x2000, 0x1C8_6000, 0x2000,
          ]),
        .cells("interrupts", [1, 9, 0xF04]),
      ])
    let timer = Node(
      name: "timer",
      properties: [
        .string("compatible", "arm,armv7-timer"),
        .cells("interrupts", [1, 13, 0xF08, 1, 14, 0xF08, 1, 11, 0xF08, 1, 10, 0xF08]),
      ])
    let serial = Node(
      name: "serial@1c28000",
      properties: [
        .string("compatible", "snps,dw-apb-uart"), .cells("reg", [0x1C2_8000, 0x400]),
        .cells("interrupts", [0, 1, 4]), .cells("reg-shift", [2]), .cells("reg-io-width", [4]),
      ])
    let watchdog = Node(
      name: "watchdog@1c20c90",
      properties: [
        .string("compatible", "allwinner,sun4i-a10-wdt"), .cells("reg", [0x1C2_0C90, 0x10]),
      ])
    return DeviceTree(
      reservations: reservations,
      root: Node(
        name: "",
        properties: cells(1, 1) + [
          .strings("compatible", board.identity.compatible), .cells("interrupt-parent", [1]),
        ] + rootProperties,
        children: [
          Node(name: "aliases", properties: [.string("serial0", "/serial@1c28000")]),
          Node(name: "cpus", properties: cells(1, 0), children: processors),
          gic, timer, serial, watchdog,
        ] + devices))
  }

  private static func zImage(size: Int, claims: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 0x24)
    bytes.append(littleEndian: 0x016F_2818 as UInt32)
    bytes.append(littleEndian: 0 as UInt32)
    bytes.append(littleEndian: UInt32(claims))
    return bytes + [UInt8](repeating: 0, count: size - bytes.count)
  }

  private var xen: [UInt8] {
    Self.zImage(size: 2048, claims: xenSize) + Array("\0xen,xen-4.17\0xen,xen\0".utf8)
  }

  /// An SPL with the right sum, and an empty FIT behind it.
  private var bootloader: [UInt8] {
    let words: [UInt32] = [
      0xEA00_0016, 0x4E4F_4765, 0x3054_422E, 0x5F0A_6C39, 1024, 0x024C_5053, 0, 0, 0x30, 0, 0, 0,
    ]
    var name = Array(builtFor.utf8)
    name += [UInt8](repeating: 0, count: 64 - name.count)
    var sum = words.reduce(0 as UInt32) { $0 &+ $1 }
    for offset in stride(from: 0, to: name.count, by: 4) {
      sum &+= (0..<4).reduce(0) { $0 | UInt32(name[offset + $1]) << UInt32(8 * $1) }
    }
    var bytes: [UInt8] = []
    for (index, word) in words.enumerated() { bytes.append(littleEndian: index == 3 ? sum : word) }
    bytes += name
    bytes += [UInt8](repeating: 0, count: 0x8000 - bytes.count)
    return bytes + DeviceTree().encoded()
  }
}
