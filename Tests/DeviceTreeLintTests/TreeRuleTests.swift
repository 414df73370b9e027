import DeviceTreeLint
import Diagnostics
import Testing

/// What the examples of the rules about blobs and trees cannot show: versions of Xen, how many
/// findings there are, and where they stand.
@Suite struct TreeRuleTests {
  static func findings(
    _ rule: String, of source: String, xen: String? = nil, patches: [BytePatch] = []
  ) throws -> [Finding] {
    let target = xen.map { RuleExample.Target.xen($0) } ?? .any
    let linter = Linter(
      for: try LintTarget(target), selection: try RuleSelection(select: [rule], ignore: []))
    let tree = try ExampleTree(RuleExample(source, patches: patches))
    return linter.lint(tree.bytes, file: "x.dtb")
  }

  @Test(
    arguments: [
      (nil, []), ("4.12", [.warning]), ("4.13", [.error]), ("4.21", [.error]), ("4.22", [.warning]),
    ] as [(String?, [Severity])])
  func aTreeThatIsTooDeepHangsSomeVersions(version: String?, severities: [Severity]) throws {
    let deep =
      "/ " + String(repeating: "{ a ", count: 16) + "{ };" + String(repeating: " };", count: 16)
    let found = try Self.findings("fdt-balance", of: deep, xen: version)
    #expect(found.map(\.severity) == severities)
  }

  @Test func aFaultOfANameStandsAtItsNode() throws {
    let found = try Self.findings(
      "fdt-dup-names", of: "/ { n { }; m { a; b; }; };",
      patches: [BytePatch(.structure, 24, [0x6E]), .structure(48, 0)])
    #expect(found.map(\.place.node) == ["/n", "/n"])
    #expect(found.map(\.place.property) == [nil, "a"])
    // The name, not the token before it.
    #expect(found.first?.place.offset == 0x38 + 24)
  }

  @Test func aPropertyBehindASubnodeStandsAtItsOwner() throws {
    let found = try Self.findings(
      "fdt-prop-after-node", of: "/ { a; n { }; };",
      patches: [
        .structure(8, 1), BytePatch(.structure, 12, [0x6E, 0, 0, 0]), .structure(16, 2),
        .structure(20, 3), .structure(24, 0), .structure(28, 0),
      ])
    #expect(found.map(\.place.node) == ["/"])
    #expect(found.map(\.place.property) == ["a"])
  }

  static let shortRange = """
    / {
      #address-cells = <1>; #size-cells = <1>;
      soc {
        #address-cells = <1>; #size-cells = <1>; ranges = <0 0x1c00000 0x1000>;
        serial@2000 { reg = <0x2000 0x400>; };
        serial@3000 { reg = <0x3000 0x400>; status = "disabled"; };
        serial@4000 { reg = <0x4000 0x400>; };
      };
    };
    """

  /// One mistake of a bus is told once.
  @Test(arguments: [(nil, Severity.warning, 1), ("4.17", .error, 2), ("4.4", .error, 1)])
  func whatABusLosesIsToldOnce(version: String?, severity: Severity, others: Int) throws {
    let found = try Self.findings("ranges-required", of: Self.shortRange, xen: version)
    #expect(found.map(\.severity) == [severity])
    #expect(found.first?.place.node == "/soc/serial@2000")
    #expect(found.first?.notes.first?.hasPrefix("\(others) more end there: ") == true)
  }

  @Test func theChecksOfDTCAreNamedThatSayTheSame() throws {
    let clocks = try Self.findings(
      "phandle-args", of: "/ { a: c { #clock-cells = <1>; }; u { clocks = <&a>; }; };")
    #expect(clocks.map(\.aliases) == [["clocks_property"]])
    let names = try Self.findings(
      "unit-address",
      of: """
        / {
          #address-cells = <1>; #size-cells = <1>;
          soc {
            compatible = "simple-bus"; #address-cells = <1>; #size-cells = <1>; ranges;
            a@1 { reg = <2 1>; };
          };
          b@1 { reg = <2 1>; };
          c@1 { };
        };
        """)
    #expect(names.map(\.aliases) == [["simple_bus_reg"], [], ["unit_address_vs_reg"]])
  }

  @Test func aWrongStatusCanBeMended() throws {
    let found = try Self.findings(
      "status-value", of: "/ { a { status = \"ok\"; }; b { status = \"enabled\"; }; };")
    #expect(found.map { $0.fix?.safety } == [.safe, .risky])
    #expect(
      found.map { $0.fix?.change } == [
        .set(node: "/a", property: "status", value: "\"okay\""),
        .set(node: "/b", property: "status", value: "\"okay\""),
      ])
  }

  /// Only the fault that both cannot be right is told: what lies inside is a part.
  @Test func registersOverlapOrLieInside() throws {
    let found = try Self.findings(
      "translated-collision",
      of: """
        / {
          #address-cells = <1>; #size-cells = <1>;
          a@1000 { reg = <0x1000 0x1000>; };
          b@1800 { reg = <0x1800 0x1000>, <0x1900 0x10>; };
          c@1900 { reg = <0x1900 0x10>; };
          d@1f00 { reg = <0x1f00 0x1000>; status = "disabled"; };
          e@ffffffff { reg = <0xffffffff 0xffffffff>; };
        };
        """)
    #expect(found.map(\.place.node) == ["/b@1800"])
  }
}
