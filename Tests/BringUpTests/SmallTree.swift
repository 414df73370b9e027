import DeviceTree
import Measures

/// What Xen asks of a board's tree, and nothing else: processors, a GIC, timers, a UART.
struct SmallTree {
  var compatible: [String]
  var processor = "arm,cortex-a7"
  /// `stdout-path`; nil for a `/chosen` without.
  var console: String?
  var reservations: [MemoryReservation] = []
  /// What stands below `/` beside that.
  var devices: [Node] = []

  /// Cells of addresses and sizes.
  static func cells(_ address: UInt32, _ size: UInt32) -> [Property] {
    [.cells("#address-cells", [address]), .cells("#size-cells", [size])]
  }

  var tree: DeviceTree {
    let chosen = Node(
      name: "chosen", properties: console.map { [.string("stdout-path", $0)] } ?? [])
    var soc = Node(name: "soc", properties: Self.cells(1, 1) + [.empty("ranges")])
    soc.children = [gic, serial, watchdog]
    return DeviceTree(
      reservations: reservations,
      root: Node(
        name: "",
        properties: Self.cells(1, 1) + [
          .strings("compatible", compatible), .cells("interrupt-parent", [1]),
        ],
        children: [
          Node(name: "aliases", properties: [.string("serial0", "/soc/serial@1c28000")]), chosen,
          Node(name: "cpus", properties: Self.cells(1, 0), children: processors), timer, soc,
        ] + devices))
  }

  private var processors: [Node] {
    (0..<2 as Range<UInt32>).map { number in
      Node(
        name: "cpu@\(number)",
        properties: [
          .string("device_type", "cpu"), .string("compatible", processor),
          .cells("reg", [number]),
        ])
    }
  }

  private var gic: Node {
    Node(
      name: "interrupt-controller@1c81000",
      properties: [
        .string("compatible", "arm,gic-400"), .cells("phandle", [1]),
        .empty("interrupt-controller"), .cells("#interrupt-cells", [3]),
        .cells(
          "reg",
          [0x1C8_1000, 0x1000, 0x1C8_2000, 0x2000, 0x1C8_4000, 0x2000, 0x1C8_6000, 0x2000]),
        .cells("interrupts", [1, 9, 0xF04]),
      ])
  }

  private var timer: Node {
    Node(
      name: "timer",
      properties: [
        .string("compatible", "arm,armv7-timer"),
        .cells("interrupts", [1, 13, 0xF08, 1, 14, 0xF08, 1, 11, 0xF08, 1, 10, 0xF08]),
      ])
  }

  private var serial: Node {
    Node(
      name: "serial@1c28000",
      properties: [
        .string("compatible", "snps,dw-apb-uart"), .cells("reg", [0x1C2_8000, 0x400]),
        .cells("interrupts", [0, 1, 4]), .cells("reg-shift", [2]), .cells("reg-io-width", [4]),
      ])
  }

  private var watchdog: Node {
    Node(
      name: "watchdog@1c20c90",
      properties: [
        .string("compatible", "allwinner,sun4i-a10-wdt"), .cells("reg", [0x1C2_0C90, 0x10]),
      ])
  }
}
