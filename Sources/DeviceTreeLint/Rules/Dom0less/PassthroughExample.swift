import DeviceTree
import Diagnostics

/// A machine with two UARTs in one page, a guest that gets one of them, and the partial tree that
/// says so: what the cards of passthrough rules show.
enum PassthroughExample {
  static let address: UInt64 = 0x4c00_0000
  static let device = "/soc/serial@1c28400"

  /// The partial tree as a file in memory.
  static func file(
    host: UInt32 = 0x1c2_8000, path: String = device
  ) -> RuleExample.File {
    let cells: [Property] = [.cells("#address-cells", [1]), .cells("#size-cells", [1])]
    let serial = Node(
      name: "serial@10000000",
      properties: [
        .cells("reg", [0x1000_0000, 0x1000]),
        .cells("xen,reg", [host, 0x1000, 0x1000_0000]),
        .string("xen,path", path),
      ])
    let tree = DeviceTree(
      root: Node(
        name: "", properties: cells,
        children: [
          Node(
            name: "passthrough",
            properties: cells + [.string("compatible", "simple-bus"), .empty("ranges")],
            children: [serial])
        ]))
    return RuleExample.File(address: address, bytes: tree.encoded())
  }

  /// - Parameters:
  ///   - passthrough: what stands in the node of the UART that is handed over.
  ///   - neighbour: the `status` of the UART in the same page.
  static func host(
    passthrough: String = "xen,passthrough;", neighbour: String = "disabled",
    interrupt: Int = 2, vpl011: String = "", reg: String = "reg"
  ) -> String {
    """
    / {
      #address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>;
      soc {
        #address-cells = <1>; #size-cells = <1>; ranges;
        gic: interrupt-controller@1c81000 {
          compatible = "arm,gic-400"; interrupt-controller; #interrupt-cells = <3>;
          reg = <0x1c81000 0x1000 0x1c82000 0x2000 0x1c84000 0x2000 0x1c86000 0x2000>;
        };
        serial@1c28000 { reg = <0x1c28000 0x400>; status = "\(neighbour)"; };
        serial@1c28400 {
          reg = <0x1c28400 0x400>; interrupts = <0 \(interrupt) 4>; \(passthrough)
        };
      };
      chosen {
        module@42000000 {
          compatible = "multiboot,kernel", "multiboot,module";
          reg = <0x42000000 0x500000>;
        };
        domU1 {
          compatible = "xen,domain";
          #address-cells = <1>; #size-cells = <1>;
          \(vpl011)
          module@4c000000 {
            compatible = "multiboot,device-tree", "multiboot,module";
            \(reg) = <0x4c000000 0x1000>;
          };
        };
      };
    };
    """
  }
}
