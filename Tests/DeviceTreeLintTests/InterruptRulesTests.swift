import BootImages
import DeviceTreeLint
import Diagnostics
import SeededGenerator
import Testing

/// What no single example can show: which of several rules speaks, what versions change, and what a
/// fix writes.
@Suite struct InterruptRulesTests {
  /// What the rules of interrupts and of the chip say of a tree, `rule severity node`.
  private func found(
    _ source: String, xen: String? = nil, board: String? = nil
  ) throws -> [String] {
    try findings(source, xen: xen, board: board).map {
      "\($0.rule) \($0.severity) \($0.place.node ?? "-")"
    }
  }

  private func findings(
    _ source: String, xen: String? = nil, board: String? = nil
  ) throws -> [Finding] {
    let tree = try ExampleTree(RuleExample(source))
    let target = try LintTarget(
      RuleExample.Target(xen: xen, board: board), of: "irq-shared-type", for: tree.bytes)
    let linter = Linter(
      for: target, selection: try RuleSelection(select: ["interrupts", "soc"], ignore: []))
    return linter.lint(tree.bytes, file: "tree.dtb")
  }

  private func machine(_ nodes: String, compatible: String = "allwinner,sun7i-a20") -> String {
    """
    / {
      #address-cells = <1>; #size-cells = <1>;
      compatible = "\(compatible)";
      interrupt-parent = <&gic>;
      gic: interrupt-controller@1c81000 {
        compatible = "arm,gic-400", "arm,cortex-a15-gic";
        interrupt-controller; #interrupt-cells = <3>;
        reg = <0x1c81000 0x1000>, <0x1c82000 0x2000>, <0x1c84000 0x2000>, <0x1c86000 0x2000>;
        interrupts = <1 9 0xf04>;
      };
      timer {
        compatible = "arm,armv7-timer";
        interrupts = <1 13 0xf08>, <1 14 0xf08>, <1 11 0xf08>, <1 10 0xf08>;
      };
      watchdog@1c20c90 { compatible = "allwinner,sun4i-a10-wdt"; reg = <0x1c20c90 0x10>; };
      \(nodes)
    };
    """
  }

  @Test(
    arguments: [
      ("<0 32 4>", []),
      ("<0 64 4>", ["irq-spi-plus32 warning"]),
      ("<0 33 4>", ["a20-irq-table warning"]),
      ("<1 9 0xf04>", ["a20-irq-table warning"]),
      ("<0 32 1>", ["irq-level-device-edge warning"]),
      ("<0 32 2>", ["irq-spi-flag error"]),
      ("<0 32 8>", ["irq-spi-flag error"]),
      ("<0 32 0>", ["irq-flag-zero warning"]),
      ("<0 32 5>", ["irq-flag-multi error"]),
      ("<0 32 0xf04>", ["irq-spi-mask error"]),
      ("<0 32 0x10004>", ["irq-flag-high-bits warning"]),
      ("<0 2000 4>", ["irq-spi-range error"]),
      ("<1 48 0xf04>", ["irq-ppi-range error"]),
      ("<2 32 4>", ["irq-type-cell error"]),
      ("<32 4>", ["irq-cells-short warning"]),
      ("<0 32 4 0>", ["irq-cells-short warning"]),
    ] as [(String, [String])])
  func oneMistakeGivesOneMessage(interrupts: String, rules: [String]) throws {
    let tree = machine("mmc@1c0f000 { reg = <0x1c0f000 0x1000>; interrupts = \(interrupts); };")
    #expect(try found(tree) == rules.map { $0 + " /mmc@1c0f000" })
  }

  @Test func aMistakeOfAnOldTreeIsToldWithoutItsConsequences() throws {
    let tree = machine(
      """
      rtc@1c20d00 { reg = <0x1c20d00 0x20>; interrupts = <0 24 4>; };
      timer@1c20c00 { reg = <0x1c20c00 0x90>; interrupts = <0 22 4>, <0 24 1>; };
      """)
    // Until 4.5 the last of the two won; since then dom0 is not built, which no warning may hide.
    #expect(try found(tree, xen: "4.4") == ["irq-level-device-edge warning /timer@1c20c00"])
    #expect(
      try found(tree, xen: "4.17") == [
        "irq-level-device-edge warning /timer@1c20c00", "irq-shared-type error /timer@1c20c00",
      ])
  }

  /// An old Xen is the reason that such trees were made; who has a newer one need not hear of it.
  @Test(
    arguments: [(nil, false), ("4.3", true), ("4.4", false), ("4.17", false)] as [(String?, Bool)])
  func aLevelIsACauseToMoveOn(xen: String?, isOld: Bool) throws {
    let tree = machine("mmc@1c0f000 { reg = <0x1c0f000 0x1000>; interrupts = <0 32 1>; };")
    let found = try findings(tree, xen: xen).filter { $0.rule == "irq-level-device-edge" }
    #expect(found.map { $0.help?.contains("boot Xen 4.4") } == [isOld])
  }

  /// The first is number 1 for people.
  @Test(arguments: [
    ("", "no interrupt, and Xen stops for want of the first, the secure one"),
    (
      "interrupts = <1 13 0xf08>;",
      "one interrupt, and Xen stops for want of the second, the non-secure one"
    ),
    (
      "interrupts = <1 13 0xf08>, <1 14 0xf08>, <1 11 0xf08>;",
      "three interrupts, and Xen stops for want of the fourth, the hypervisor one"
    ),
  ])
  func whatATimerLacks(interrupts: String, words: String) throws {
    let tree = machine("", compatible: "a,board").replacing(
      "interrupts = <1 13 0xf08>, <1 14 0xf08>, <1 11 0xf08>, <1 10 0xf08>;", with: interrupts)
    #expect(try findings(tree, xen: "4.17").map(\.message) == ["the timer has " + words])
  }

  /// Xen takes them since 4.6, of buses that say that they are PCI.
  @Test(arguments: [("4.5", "pci", 0), ("4.6", "pci", 1), ("4.17", "pci", 1), ("4.17", "isa", 0)])
  func interruptsOfABusAreShared(xen: String, type: String, count: Int) throws {
    let nodes = """
      watchdog { interrupts = <0 121 4>; };
      pcie {
        device_type = "\(type)"; #address-cells = <3>; #size-cells = <2>;
        #interrupt-cells = <1>; interrupt-map-mask = <0 0 0 7>;
        interrupt-map = <0 0 0 1 &gic 0 120 4>, <0 0 0 2 &gic 0 121 1>, <0 0 0 3 &gic 0 121 1>,
            <0 0 0 4 &gic 0 121>;
      };
      """
    let found = try findings(machine(nodes, compatible: "a,board"), xen: xen)
      .filter { $0.rule == "irq-shared-type" }
    #expect(found.map(\.place.property) == Array(repeating: "interrupt-map", count: count))
  }

  @Test func anotherChipsTreeIsNotJudgedByThisOnesTable() throws {
    let tree = machine(
      "mmc@1c0f000 { reg = <0x1c0f000 0x1000>; interrupts = <0 60 1>; };",
      compatible: "allwinner,sun8i-h3")
    #expect(try found(tree) == [])
    #expect(try found(tree, board: "cubietruck") == ["a20-compatible error /"])
  }

  @Test func whatAGICHasNoLineFor() throws {
    let nodes = "mmc@a000000 { reg = <0xa000000 0x200>; interrupts = <0 300 4>; };"
    #expect(try found(machine(nodes)) == [])
    let virt = try findings(machine(nodes, compatible: "linux,dummy-virt"))
    #expect(virt.map(\.message) == ["SPI 300 does not exist: the last one is 255"])
  }

  @Test(
    arguments: [
      ("4.4", ["irq-shared-type warning"]), ("4.5", ["irq-shared-type error"]),
      ("4.17", ["irq-shared-type error"]), (nil, []),
    ] as [(String?, [String])])
  func aSharedLineByVersions(xen: String?, rules: [String]) throws {
    let tree = machine(
      "a { interrupts = <0 121 1>; }; b { interrupts = <0 121 4>; };", compatible: "a,board")
    #expect(try found(tree, xen: xen) == rules.map { $0 + " /a" })
  }

  @Test(arguments: [("4.4", 0), ("4.5", 0), ("4.6", 1), ("4.22", 1)])
  func aDisabledNodeWithASharedLine(xen: String, count: Int) throws {
    let tree = machine(
      "a { interrupts = <0 121 1>; }; b { interrupts = <0 121 4>; status = \"disabled\"; };",
      compatible: "a,board")
    #expect(try findings(tree, xen: xen).count == count)
  }

  @Test func whatDom0DoesNotGetSharesNothing() throws {
    let nodes = """
      a { compatible = "snps,dw-apb-uart"; interrupts = <0 121 1>; };
      b { interrupts = <0 121 4>; };
      """
    #expect(try found(machine(nodes), xen: "4.17") == ["a20-all-level warning /a"])
    #expect(
      try found(machine(nodes, compatible: "a,board"), xen: "4.17") == [
        "irq-shared-type error /a"
      ])
  }

  @Test func theConsolesLineOnAMachineOfWhichXenKnows() throws {
    func tree(_ machine: String) -> String {
      self.machine(
        """
        chosen { stdout-path = "/serial@7e215040"; };
        serial@7e215040 { compatible = "brcm,bcm2835-aux-uart"; interrupts = <0 93 4>; };
        spi@7e215080 { compatible = "brcm,bcm2835-aux-spi"; interrupts = <0 93 4>; };
        """, compatible: machine)
    }
    #expect(try found(tree("brcm,bcm2711"), xen: "4.17") == [])
    #expect(
      try found(tree("a,board"), xen: "4.17") == ["irq-console-owned error /spi@7e215080"])
  }

  @Test(arguments: [("4.4", Severity.info), ("4.6", .error), ("4.12", .error), ("4.13", .info)])
  func aDeviceWithAPrivateInterrupt(xen: String, severity: Severity) throws {
    let tree = machine("counter { interrupts = <1 7 0xf04>; };", compatible: "a,board")
    #expect(try found(tree, xen: xen) == ["ppi-device-dom0 \(severity) /counter"])
  }

  @Test func namesOfTheTimersInterrupts() throws {
    let tree = """
      / {
        interrupt-parent = <&gic>;
        gic: interrupt-controller {
          compatible = "arm,cortex-a7-gic";
          interrupt-controller; #interrupt-cells = <3>;
        };
        cpus { #address-cells = <1>; #size-cells = <0>; cpu@0 { compatible = "arm,cortex-a7"; }; };
        timer {
          compatible = "arm,armv7-timer";
          interrupts = <1 14 0xf08>, <1 13 0xf08>, <1 11 0xf08>, <1 10 0xf08>;
          interrupt-names = "phys", "sec-phys", "virt", "hyp-phys";
        };
      };
      """
    #expect(try found(tree) == [])
    #expect(try found(tree, xen: "4.17").contains("timer-order error /timer"))
    #expect(try !found(tree, xen: "4.18").contains("timer-order error /timer"))
  }

  @Test func aFixWritesTheWholeProperty() throws {
    let tree = machine(
      "a { interrupts = <0 120 4>, <0 121 0xf04>, <0 122 0x304>; };", compatible: "a,board")
    let fix = try #require(try findings(tree).first?.fix)
    #expect(fix.safety == .safe)
    #expect(
      fix.change
        == .set(
          node: "/a", property: "interrupts", value: "<0 120 4>, <0 121 4>, <0 122 4>"))
    // Its controllers are labels in the source, which the blob does not have.
    let extended = machine("a { interrupts-extended = <&gic 0 121 0xf04>; };")
    #expect(try findings(extended).map(\.fix) == [nil])
  }

  @Test func anEmptyPlaceAmongExtendedInterrupts() throws {
    let tree = machine("a { interrupts-extended = <0>, <&gic 0 121 8>; };", compatible: "a,board")
    #expect(try found(tree) == ["irq-spi-flag error /a"])
  }

  @Test(arguments: ["4.3", "4.4", "4.12", "4.17", "4.22"])
  func damagedTreesAreJudged(xen: String) throws {
    let tree = try ExampleTree(
      RuleExample(
        machine(
          """
          chosen { stdout-path = "/serial@1c28000"; };
          serial@1c28000 { reg = <0x1c28000 0x400>; interrupts = <0 1 4>; };
          a { interrupts-extended = <&gic 0 121 1>, <&gic 1 7 4>; };
          rtc@1c20d00 { xen,passthrough; reg = <0x1c20d00 0x20>; interrupts = <0 24 1>; };
          """)))
    let target = try LintTarget(RuleExample.Target(xen: xen), of: "irq-spi-flag", for: tree.bytes)
    let linter = Linter(for: target)
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SeededGenerator(seed: seed)
    var count = 0
    for _ in 0..<200 {
      var bytes = tree.bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 40..<bytes.count, using: &generator)
        bytes[place] =
          [0, 1, 0x7F, 0xFF, UInt8.random(in: 0...255, using: &generator)]
          .randomElement(using: &generator) ?? 0
      }
      count += linter.lint(bytes, file: "damaged.dtb").count
    }
    #expect(count > 0, "seed \(seed)")
  }
}
