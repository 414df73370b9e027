import DeviceTree
import DeviceTreeLint
import Diagnostics
import Testing

/// Where dtc itself stops on an assertion, goes on for ever or reads what is not there, 1.8.1 as well: we say what is wrong, and go on. `Docs/dtc-parity.md` has the list.
@Suite struct DTCTrapTests {
  /// What the checks of dtc's say, by check and node.
  private func said(of source: String) throws -> [String] {
    try said(of: ExampleTree(RuleExample(source)).bytes)
  }

  private func said(of bytes: [UInt8]) throws -> [String] {
    Linter(selection: try RuleSelection(select: ["dtc"], ignore: []))
      .lint(bytes, file: "tree.dtb").map { "\($0.rule) \($0.place.node ?? "")" }
  }

  @Test func aRemoteEndpointOfTwoCells() throws {
    let said = try said(
      of: "/ { one { port { endpoint { remote-endpoint = <1 2>; }; }; }; };")
    #expect(said == ["graph_endpoint /one/port/endpoint"])
  }

  @Test func anInterruptParentOfTwoCells() throws {
    let said = try said(of: "/ { one { interrupt-parent = <1 2>; interrupts = <1>; }; };")
    #expect(said == ["interrupts_property /one", "interrupts_property /one"])
  }

  @Test func aCountOfTwoCellsWhereInterruptsGo() throws {
    let said = try said(
      of: """
        / {
          gic: gic { #address-cells = <0>; interrupt-controller; #interrupt-cells = <0 3>; };
          one { interrupt-parent = <&gic>; interrupts = <1>; };
        };
        """)
    #expect(said == ["interrupts_extended_is_cell /gic"])
  }

  @Test func aCountOfTwoCellsForGPIOs() throws {
    let said = try said(
      of: "/ { pio: pio { #gpio-cells = <0 2>; }; one { gpios = <&pio 1 2>; }; };")
    #expect(said == ["gpios_property /one"])
  }

  /// dtc 1.6.1 never comes back from the first, not even to compile it.
  @Test(arguments: [0xFFFF_FFFF, 0x7FFF_FFFF, 0x4000_0000, 0x3FFF_FFFF] as [UInt32])
  func aCountBeyondAllBounds(count: UInt32) throws {
    let root = Node(
      name: "",
      children: [
        Node(name: "one", properties: [.cells("#clock-cells", [count]), .cells("phandle", [1])]),
        Node(name: "user", properties: [.cells("clocks", [1, 1])]),
      ])
    #expect(try said(of: DeviceTree(root: root).encoded()) == ["clocks_property /user"])
  }

  @Test func countsOfAMapBeyondAllBounds() throws {
    let said = try said(
      of: """
        / {
          a: a {
            #address-cells = <0xffffffff>; #interrupt-cells = <0xffffffff>; interrupt-controller;
          };
          b {
            #address-cells = <0>; #interrupt-cells = <0>;
            interrupt-map = <&a>;
          };
          c {
            #address-cells = <0x7fffffff>; #interrupt-cells = <0xffffffff>;
            interrupt-map = <&a>;
          };
        };
        """)
    #expect(said == ["interrupt_map /b", "interrupt_map /c"])
  }

  /// dtc reads on behind its end.
  @Test func anAliasWithoutEnd() throws {
    let said = try said(of: "/ { a { }; aliases { b = [2f 61]; }; };")
    #expect(said == ["alias_paths /aliases"])
  }

  /// As many aliases as nodes, and as many nodes as properties around them.
  @Test(.timeLimit(.minutes(1)))
  func aTreeThatWouldTakeForever() throws {
    let count = 20_000
    let aliases = (0..<count).map { Property.string("a\($0)", "/n\(count - 1 - $0)") }
    let crowd = (0..<count).map { Property.cells("a\($0)", [0]) }
    let nodes = (0..<count).map { number in
      Node(
        name: "n\(number)", properties: [.cells("interrupts", [1]), .cells("clocks", [1, 1, 1])])
    }
    let root = Node(
      name: "", properties: crowd + [.cells("#clock-cells", [0]), .cells("phandle", [1])],
      children: nodes + [Node(name: "aliases", properties: aliases)])
    let said = try said(of: DeviceTree(root: root).encoded())
    #expect(said.count == FloodTests.most)
    #expect(said.allSatisfy { $0.hasPrefix("interrupts_property") })
  }
}
