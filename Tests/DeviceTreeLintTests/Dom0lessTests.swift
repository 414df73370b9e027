import BootImages
import DeviceTree
import DeviceTreeLint
import Diagnostics
import Measures
import Testing

/// What the cards of guests' rules cannot show: versions, degrees, and values that nobody means.
@Suite struct Dom0lessTests {
  /// Severities and messages of the family in `/chosen`, whose own cells are 1 and 1.
  private static func findings(
    _ chosen: String, xen minor: Int = 22, files: [LoadedFile] = []
  ) throws -> [String] {
    let source = """
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@40000000 { device_type = "memory"; reg = <0x40000000 0x40000000>; };
        chosen { #address-cells = <1>; #size-cells = <1>; \(chosen) };
      };
      """
    let linter = Linter(
      for: LintTarget(xen: XenVersion(major: 4, minor: minor), loaded: files),
      selection: try RuleSelection(select: ["dom0less"], ignore: []))
    return try linter.lint(ExampleTree(RuleExample(source)).bytes, file: "example.dtb").map {
      "\($0.severity.rawValue) \($0.rule): \($0.message)"
    }
  }

  /// A guest with all that it needs, and more.
  private static func guest(_ more: String, name: String = "domU1") -> String {
    """
    \(name) {
      compatible = "xen,domain"; #address-cells = <1>; #size-cells = <1>;
      memory = <0 65536>; cpus = <2>;
      \(more)
      module@4a000000 {
        compatible = "multiboot,kernel", "multiboot,module"; reg = <0x4a000000 0x500000>;
      };
    };
    """
  }

  @Test func nothingToSay() throws {
    #expect(try Self.findings(Self.guest("")) == [])
  }

  /// Before 4.12 Xen makes no guests, and each property was learned later still.
  @Test(
    arguments: [
      ("capabilities = <8>;", 21), ("vcpu { compatible = \"xen,vcpu\"; };", 21),
      ("direct-map;", 17), ("xen,enhanced = \"odd\";", 17), ("passthrough = \"odd\";", 19),
      ("xen,sci_type = \"odd\";", 21), ("v8r_el1_msa = \"odd\";", 22),
      ("max_grant_version = <9>;", 18), ("xen,static-mem = <1 2>;", 17),
      ("share { compatible = \"xen,domain-shared-memory-v1\"; };", 17),
      ("one { compatible = \"xen,evtchn-v1\"; xen,evtchn = <1 2>; };", 17),
      ("domain-cpupool = <2>;", 17),
    ])
  func rulesAreAsOldAsWhatTheyJudge(more: String, minor: Int) throws {
    let source = Self.guest(more)
    #expect(try !Self.findings(source, xen: minor).isEmpty)
    let before = minor == 17 && more.hasPrefix("xen,static") ? 15 : minor - 1
    #expect(try Self.findings(source, xen: before) == [])
    #expect(try Self.findings(source, xen: 11) == [])
  }

  /// Cells that Xen takes from /chosen and that fit are only a danger.
  @Test func inheritedCells() throws {
    func domain(_ reg: String) -> String {
      """
      domU1 {
        compatible = "xen,domain"; memory = <0 65536>; cpus = <1>;
        module@4a000000 { compatible = "multiboot,kernel", "multiboot,module"; reg = \(reg); };
      };
      """
    }
    #expect(
      try Self.findings(domain("<0x4a000000 0x1000>")) == [
        """
        warning d0l-cells: `domU1` has no #address-cells and no #size-cells: Xen counts its \
        modules in 1 and 1 cells, which fits, but changes with the nodes around it
        """
      ])
    #expect(
      try Self.findings(domain("<0 0x4a000000 0x1000>")) == [
        """
        error d0l-cells: `domU1` has no #address-cells and no #size-cells: Xen counts its modules \
        in 1 and 1 cells, but `reg` of module@4a000000 has 3
        """
      ])
  }

  @Test func namesWithUnitAddresses() throws {
    #expect(
      try Self.findings(Self.guest("", name: "domU@1") + Self.guest("", name: "domU@2")) == [
        "warning d0l-name-unique: Xen calls both `domU@2` and `domU@1` by the name domU"
      ])
  }

  @Test(
    arguments: [
      ("0-1,3", "there is no processor 3"), ("4294967296", "no list"), ("1-0", "no list"),
      ("", "no list"), (" 1", "no list"), ("0;1", "no list"), ("0x1,", nil), ("0,1", nil),
    ] as [(String, String?)])
  func affinity(list: String, expected: String?) throws {
    let node = "vcpu { compatible = \"xen,vcpu\"; id = <0>; hard-affinity = \"\(list)\"; };"
    let source = """
      / {
        cpus {
          #address-cells = <1>; #size-cells = <0>;
          cpu@0 { device_type = "cpu"; reg = <0>; }; cpu@1 { device_type = "cpu"; reg = <1>; };
        };
        chosen { \(Self.guest(node)) };
      };
      """
    let linter = Linter(selection: try RuleSelection(select: ["d0l-vcpu"], ignore: []))
    let found = try linter.lint(ExampleTree(RuleExample(source)).bytes, file: "example.dtb")
    #expect(found.map(\.message).allSatisfy { expected.map($0.contains) ?? false })
    #expect(found.count == (expected == nil ? 0 : 1))
  }

  @Test func aSecondNodeForAProcessor() throws {
    let node = "{ compatible = \"xen,vcpu\"; id = <1>; };"
    #expect(
      try Self.findings(Self.guest("vcpu0 \(node) vcpu1 \(node)")) == [
        "warning d0l-vcpu: processor 1 has a node already; the later one wins"
      ])
  }

  /// dom0 is the hardware domain already.
  @Test func capabilitiesBesideDom0() throws {
    let kernel = """
      module@42000000 {
        compatible = "multiboot,kernel", "multiboot,module"; reg = <0x42000000 0x500000>;
      };
      """
    #expect(
      try Self.findings(kernel + Self.guest("capabilities = <3>;")) == [
        "error d0l-caps: `domU1` is a second hardware domain"
      ])
    #expect(try Self.findings(kernel + Self.guest("capabilities = <1>;")) == [])
  }

  /// Sums and ends that run past 64 bits are mistakes, not traps.
  @Test func numbersThatWrap() throws {
    let huge = """
      domU1 {
        compatible = "xen,domain"; #address-cells = <2>; #size-cells = <2>;
        memory = <0xffffffff 0xffffffff>; cpus = <1>;
        xen,static-mem = <0xfffff000 0xfffff000 0xfffff000 0xfffff000>;
        share {
          compatible = "xen,domain-shared-memory-v1"; xen,shm-id = "ring";
          xen,shared-mem =
            <0xffffffff 0xfffff000 0xffffffff 0xfffff000 0xffffffff 0xfffff000>;
        };
        module@4a000000 {
          compatible = "multiboot,kernel", "multiboot,module"; reg = <0 0x4a000000 0 0x500000>;
        };
      };
      """
    let found = try Self.findings(huge)
    #expect(found.count == 3, "\(found)")
    #expect(found.contains { $0.contains("reach past the last address") })
  }

  @Test func anEventChannelToItself() throws {
    #expect(
      try Self.findings(
        Self.guest("one: end { compatible = \"xen,evtchn-v1\"; xen,evtchn = <1 &one>; };")) == [
          "error d0l-evtchn-pair: the event channel has itself as its other end"
        ])
  }

  /// Without a dom0 an end in /chosen is nobody's, and Xen finds no domain for it.
  @Test func anEventChannelToAMissingDom0() throws {
    let ends = (
      "one: end { compatible = \"xen,evtchn-v1\"; xen,evtchn = <1 &two>; };",
      Self.guest("two: end { compatible = \"xen,evtchn-v1\"; xen,evtchn = <1 &one>; };")
    )
    #expect(
      try Self.findings(ends.0 + ends.1) == [
        "error d0l-evtchn-pair: an end of this event channel belongs to no domain that Xen starts"
      ])
  }

  @Test(arguments: [[], [0xd0, 0x0d, 0xfe, 0xed], [UInt8](repeating: 0xff, count: 64)])
  func aFileThatIsNoPartialTree(bytes: [UInt8]) throws {
    let module = """
      module@4c000000 {
        compatible = "multiboot,device-tree", "multiboot,module"; reg = <0x4c000000 0x1000>;
      };
      """
    let file = LoadedFile(name: "partial.dtb", address: 0x4c00_0000, bytes: bytes)
    #expect(try Self.findings(Self.guest(module), files: [file]) == [])
  }

  /// Where the partial tree lies beside the tree that is judged, the finding stands at its module.
  @Test func aPartialTreeBeside() throws {
    let partial = DeviceTree(
      root: Node(
        name: "",
        children: [
          Node(
            name: "passthrough",
            children: [
              Node(name: "timer", properties: [.string("xen,path", "/soc/timer")])
            ])
        ]))
    let module = """
      module@4c000000 {
        compatible = "multiboot,device-tree", "multiboot,module"; reg = <0x4c000000 0x1000>;
      };
      """
    let file = LoadedFile(name: "partial.dtb", address: 0x4c00_0000, bytes: partial.encoded())
    #expect(
      try Self.findings(Self.guest(module), files: [file]) == [
        """
        error d0l-pt-regpath: in the passthrough tree, /passthrough/timer: `xen,path` stands \
        without `xen,reg`
        """
      ])
  }
}
