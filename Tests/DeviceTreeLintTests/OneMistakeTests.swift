import DeviceTreeLint
import Diagnostics
import Testing

/// One mistake gives one message, the most telling one, and all rules together say nothing of a tree
/// without a mistake.
@Suite struct OneMistakeTests {
  /// A tree of a small machine that Xen boots with. What is changed is written behind it, as a source
  /// that includes a board's would.
  static let machine = """
    /dts-v1/;
    / {
      #address-cells = <1>; #size-cells = <1>;
      compatible = "example,board", "example,soc";
      model = "A board";
      interrupt-parent = <&gic>;
      aliases { serial0 = &uart; };
      chosen {
        #address-cells = <1>; #size-cells = <1>;
        stdout-path = "serial0:115200n8";
        xen,xen-bootargs = "console=dtuart dtuart=serial0 dom0_mem=512M";
        xen,dom0-bootargs = "console=hvc0";
        module@44000000 {
          compatible = "multiboot,kernel", "multiboot,module";
          reg = <0x44000000 0x600000>;
        };
        module@45000000 {
          compatible = "multiboot,ramdisk", "multiboot,module";
          reg = <0x45000000 0x800000>;
        };
      };
      cpus {
        #address-cells = <1>; #size-cells = <0>;
        cpu@0 { device_type = "cpu"; compatible = "arm,cortex-a7"; reg = <0>; };
        cpu@1 { device_type = "cpu"; compatible = "arm,cortex-a7"; reg = <1>; };
      };
      psci { compatible = "arm,psci-0.2"; method = "smc"; };
      memory@40000000 { device_type = "memory"; reg = <0x40000000 0x40000000>; };
      timer: timer {
        compatible = "arm,armv7-timer";
        interrupts = <1 13 0xf08>, <1 14 0xf08>, <1 11 0xf08>, <1 10 0xf08>;
      };
      clk: clock { compatible = "fixed-clock"; #clock-cells = <0>; clock-frequency = <24000000>; };
      soc@1000000 {
        compatible = "simple-bus";
        #address-cells = <1>; #size-cells = <1>; ranges = <0x1000000 0x1000000 0x1000000>;
        gic: interrupt-controller@1c81000 {
          compatible = "arm,gic-400";
          interrupt-controller; #interrupt-cells = <3>;
          reg = <0x1c81000 0x1000>, <0x1c82000 0x2000>, <0x1c84000 0x2000>, <0x1c86000 0x2000>;
          interrupts = <1 9 0xf04>;
        };
        uart: serial@1c28000 {
          compatible = "ns16550a"; reg = <0x1c28000 0x400>; interrupts = <0 1 4>; clocks = <&clk>;
        };
        mmc: mmc@1c0f000 {
          compatible = "example,mmc"; reg = <0x1c0f000 0x1000>; interrupts = <0 32 4>;
          clocks = <&clk>;
        };
      };
    };

    """

  /// `severity rule place` of each finding.
  static func found(_ change: String, xen: String = "4.17") throws -> [String] {
    let tree = try ExampleTree(RuleExample(machine + change))
    let linter = Linter(for: try LintTarget(.xen(xen)))
    return linter.lint(tree.bytes, file: "x.dtb").map {
      "\($0.severity.rawValue) \($0.rule) \($0.place.node ?? "-")"
    }
  }

  @Test func aTreeWithoutAMistakeIsClean() throws {
    #expect(try Self.found("") == [])
  }

  /// A node, what is changed in it, and what is said.
  typealias Case = (change: String, message: String)

  static let cells: [Case] = [
    ("/ { chosen { -#address-cells -#size-cells }; };", "warning cells-inherited /chosen"),
    (
      """
      / { chosen { -#address-cells -#size-cells
        module@44000000 { reg = <0 0x44000000 0x600000>; };
        module@45000000 { reg = <0 0x45000000 0x800000>; };
      }; };
      """, "error cells-inherited /chosen"
    ),
    ("/ { -#address-cells -#size-cells };", "error root-cells /"),
    ("/ { -#address-cells };", "error root-cells /"),
    ("/ { -#size-cells };", "error root-cells /"),
    ("/ { #size-cells = <0>; };", "error root-cells /"),
    ("/ { cpus { -#address-cells -#size-cells }; };", "error cells-inherited /cpus"),
    (
      "/ { soc@1000000 { -#address-cells -#size-cells }; };", "warning cells-inherited /soc@1000000"
    ),
    (
      "/ { reserved-memory { r@50000000 { reg = <0x50000000 0x100000>; }; }; };",
      "warning reserved-memory-shape /reserved-memory"
    ),
    (guest("", kernel: "0x46000000 0x600000"), "warning d0l-cells /chosen/domU1"),
    (guest("", kernel: "0 0x46000000 0x600000"), "error d0l-cells /chosen/domU1"),
  ]

  static func guest(
    _ cells: String, memory: String = "0 65536", kernel: String, cpus: String = "cpus = <1>;"
  ) -> String {
    """
    / { chosen { domU1 {
      compatible = "xen,domain"; \(cells) \(cpus) memory = <\(memory)>;
      module@46000000 {
        compatible = "multiboot,kernel", "multiboot,module"; reg = <\(kernel)>;
      };
    }; }; };
    """
  }

  private static let ownCells = "#address-cells = <1>; #size-cells = <1>;"
  private static let pair = "0x46000000 0x600000"

  static let guests: [Case] = [
    (guest(ownCells, memory: "65536", kernel: pair), "error d0l-memory-u64 /chosen/domU1"),
    (guest(ownCells, kernel: pair, cpus: ""), "error d0l-cpus /chosen/domU1"),
  ]

  static let interrupts: [Case] = [
    (
      "&gic { #interrupt-cells = <2>; };",
      "error gic-cells /soc@1000000/interrupt-controller@1c81000"
    ),
    ("&gic { -#interrupt-cells };", "error gic-cells /soc@1000000/interrupt-controller@1c81000"),
    ("&gic { -interrupt-controller };", "error irq-parent-resolves /timer"),
    ("&gic { -interrupts };", "error gic-maintenance /soc@1000000/interrupt-controller@1c81000"),
    ("&gic { -reg };", "error gic-reg-four /soc@1000000/interrupt-controller@1c81000"),
    (
      "&gic { reg = <0x1c81000 0x1000>, <0x1c82000 0x2000>; };",
      "error gic-reg-four /soc@1000000/interrupt-controller@1c81000"
    ),
    (
      "&gic { status = \"disabled\"; };",
      "error gic-driver /soc@1000000/interrupt-controller@1c81000"
    ),
    (
      "&gic { status = \"true\"; };",
      "error gic-driver /soc@1000000/interrupt-controller@1c81000"
    ),
    (
      """
      &gic {
        compatible = "arm,cortex-a9-gic"; reg = <0x1c81000 0x1000>, <0x1c82000 0x2000>;
        -interrupts
      };
      """, "error gic-driver /soc@1000000/interrupt-controller@1c81000"
    ),
    ("/ { -interrupt-parent };", "error irq-parent-resolves /timer"),
    ("/ { interrupt-parent = <&uart>; };", "error irq-parent-resolves /timer"),
    ("/ { interrupt-parent = <77>; };", "error irq-parent-resolves /"),
    (
      "&mmc { -interrupts interrupts-extended = <77 0 32 4>; };",
      "error irq-parent-resolves /soc@1000000/mmc@1c0f000"
    ),
    (
      "&mmc { -interrupts interrupts-extended = <&uart 0 32 4>; };",
      "error irq-parent-resolves /soc@1000000/mmc@1c0f000"
    ),
    (
      "&gic { -interrupts interrupts-extended = <77 1 9 0xf04>; };",
      "error irq-parent-resolves /soc@1000000/interrupt-controller@1c81000"
    ),
    (
      "&mmc { -interrupts interrupts-extended = <&gic 0 32>; };",
      "warning irq-cells-short /soc@1000000/mmc@1c0f000"
    ),
    ("&mmc { interrupts = <32 4>; };", "warning irq-cells-short /soc@1000000/mmc@1c0f000"),
    ("&mmc { interrupts = <0 1 1>; };", "error irq-console-owned /soc@1000000/mmc@1c0f000"),
    (
      "&timer { interrupts = <1 13 0xf08>, <1 14 0xf08>, <1 11 0xf08>; };",
      "error timer-four /timer"
    ),
    ("&timer { -interrupts };", "error timer-four /timer"),
    (
      "&timer { interrupts = <0 13 4>, <0 14 4>, <0 11 4>, <0 10 4>; };", "error timer-order /timer"
    ),
    (
      "&timer { interrupts = <1 29 0xf08>, <1 30 0xf08>, <1 27 0xf08>, <1 26 0xf08>; };",
      "error irq-ppi-range /timer"
    ),
  ]

  static let modules: [Case] = [
    (
      "/ { chosen { module@44000000 { reg = <0x44000000 0xffffffff>; }; }; };",
      "error module-end-wrap /chosen/module@44000000"
    ),
    (
      "/ { chosen { module@45000000 { reg = <0x45000000 0xffffffff>; }; }; };",
      "error module-end-wrap /chosen/module@45000000"
    ),
    ("/ { chosen { module@44000000 { -reg }; }; };", "error module-reg /chosen/module@44000000"),
    (
      "/ { chosen { module@44000000 { reg = <0x44000000>; }; }; };",
      "error module-reg /chosen/module@44000000"
    ),
    (
      "/ { chosen { module@44000000 { reg; }; }; };", "error module-reg /chosen/module@44000000"
    ),
    (
      "/ { chosen { module@44000000 { reg = <0x44000000 0x600000 0>; }; }; };",
      "warning module-reg /chosen/module@44000000"
    ),
    (
      "/ { chosen { module@44000000 { reg = <0x44000000 0>; }; }; };",
      "error module-size-zero /chosen/module@44000000"
    ),
    (
      "/ { chosen { module@44000000 { reg = <0x44000000 0x1800000>; }; }; };",
      "error module-overlap /chosen/module@45000000"
    ),
    (
      "/ { chosen { module@44000000 { compatible = \"multiboot,kernel\"; }; }; };",
      "error module-generic-compat /chosen/module@44000000"
    ),
    ("/ { memory@40000000 { -device_type }; };", "error memory-node /memory@40000000"),
    ("/ { memory@40000000 { reg = <0x40000000>; }; };", "error reg-length /memory@40000000"),
  ]

  static let others: [Case] = [
    ("/ { cpus { cpu@1 { reg = <0>; }; }; };", "error cpu-nodes /cpus/cpu@1"),
    ("/ { cpus { cpu@1 { -reg }; }; };", "error cpu-nodes /cpus/cpu@1"),
    ("/ { chosen { stdout-path = \"serial7\"; }; };", "warning stdout-path /chosen"),
    (
      "/ { chosen { stdout-path = \"serial7\"; xen,xen-bootargs = \"dom0_mem=512M\"; }; };",
      "error xen-dtuart-resolves /chosen"
    ),
    ("/ { aliases { serial0 = \"/soc/serial\"; }; };", "error alias-target /aliases"),
    ("&uart { status = \"disabled\"; };", "error xen-dtuart-resolves /chosen"),
    (
      "/ { chosen { -xen,xen-bootargs xen,xen-boootargs = \"dom0_mem=512M\"; }; };",
      "warning xen-unused-props /chosen"
    ),
    ("/ { soc@1000000 { ranges = <0x1000000 0x1000000>; }; };", "error ranges-length /soc@1000000"),
    ("&clk { -#clock-cells };", "warning phandle-args /soc@1000000/serial@1c28000"),
    ("&mmc { clocks = <77>; };", "error phandle-valid /soc@1000000/mmc@1c0f000"),
    (
      """
      / { hypervisor {
        compatible = "xen,xen-4.17", "xen,xen"; reg = <0x38000000 0x20000>;
        interrupts = <1 15 0xf08>;
      }; };
      """, "warning hyp-in-host-dt /hypervisor"
    ),
  ]

  @Test(arguments: [cells, guests, interrupts, modules, others].joined().map { $0 })
  func oneMistakeGivesOneMessage(_ mistake: Case) throws {
    let change = mistake.change.replacing(/([ \n])-(#?[a-z_,-]+)/) { match in
      "\(match.output.1)/delete-property/ \(match.output.2);"
    }
    #expect(try Self.found(change) == [mistake.message], "\(change)")
  }

  /// The names by which old versions of Xen know the same block.
  @Test(arguments: [
    ("\"arm,gic-400\"", ["4.3", "4.4"]), ("\"arm,cortex-a7-gic\"", ["4.3"]),
    ("\"arm,gic-400\", \"arm,cortex-a15-gic\"", []), ("\"arm,cortex-a15-gic\"", []),
  ])
  func aGICByNamesAndVersions(names: String, without: [String]) throws {
    for xen in ["4.3", "4.4", "4.5", "4.17", "4.22"] {
      let found = try Self.found("&gic { compatible = \(names); };", xen: xen)
      #expect(
        found.contains { $0.hasPrefix("error gic-driver ") } == without.contains(xen), "\(xen)")
    }
  }

  /// What is told at one node is about others too, and they are named.
  @Test func whatAMistakeShowsAtIsCounted() throws {
    let tree = try ExampleTree(
      RuleExample(Self.machine + "/ { /delete-property/ interrupt-parent; };"))
    let found = Linter(for: try LintTarget(.xen("4.17"))).lint(tree.bytes, file: "x.dtb")
    #expect(
      found.map(\.notes) == [
        [
          "3 more have interrupts that nobody takes: /soc@1000000/interrupt-controller@1c81000, "
            + "/soc@1000000/serial@1c28000, /soc@1000000/mmc@1c0f000"
        ]
      ])
  }

  /// A second mistake of another kind is told beside the first.
  @Test func twoMistakesGiveTwoMessages() throws {
    let change = """
      / { chosen { /delete-property/ #address-cells; /delete-property/ #size-cells;
        module@44000000 { reg = <0x90000000 0x600000>; }; }; };
      """
    #expect(
      try Self.found(change).map { $0.split(separator: " ")[1] } == [
        "cells-inherited", "module-in-ram",
      ])
  }

  /// dtc's check of names refuses such a tree, and so does ours of the same thing.
  @Test(arguments: [[0x20], [0xE4], [0x01]] as [[UInt8]])
  func aNameIsToldOnce(bytes: [UInt8]) throws {
    let tree = try ExampleTree(
      RuleExample(
        "/ { #address-cells = <1>; #size-cells = <1>; compatible = \"a,b\"; node { }; };"))
    let start = try #require(tree.bytes.firstRange(of: Array("node\0".utf8))).lowerBound
    var blob = tree.bytes
    blob[start + 1] = bytes[0]
    let found = Linter().lint(blob, file: "x.dtb")
    #expect(found.map(\.rule) == ["fdt-name-utf8"])
    #expect(found.map(\.severity) == [.error])
  }
}
