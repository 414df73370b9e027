import BootImages
import DeviceTreeLint
import Diagnostics
import Testing

/// What the examples of the cards do not show: versions, degrees, and repairs.
@Suite struct ChosenRuleTests {
  /// What one rule says of a tree.
  private func findings(
    _ rule: String, _ source: String, xen: String? = nil
  ) throws -> [Finding] {
    let selection = try RuleSelection(select: [rule], ignore: [])
    let target = LintTarget(xen: xen.flatMap { XenVersion($0) })
    return Linter(for: target, selection: selection)
      .lint(try ExampleTree(RuleExample(source)).bytes, file: "test.dtb")
  }

  /// A tree with one UART, and these properties in `/chosen`.
  private func tree(_ chosen: String, module: String = "") -> String {
    """
    / {
      #address-cells = <1>; #size-cells = <1>;
      aliases { serial0 = "/soc/serial@1c28000"; };
      chosen {
        \(chosen)
        module@44000000 {
          compatible = "multiboot,kernel", "multiboot,module";
          \(module)
          reg = <0x44000000 0x500000>;
        };
      };
      soc {
        serial@1c28000 { compatible = "snps,dw-apb-uart"; };
        serial@1c28400 { compatible = "arm,sbsa-uart"; };
        serial@1c28800 { compatible = "arm,pl011"; };
        mmc@1c0f000 { compatible = "allwinner,sun7i-a20-mmc"; };
      };
    };
    """
  }

  @Test(arguments: [
    (#"bootargs = "a";"#, Severity.error),
    (#"bootargs = "a"; stdout-path = "serial0:115200n8";"#, .warning),
    (#"stdout-path = "serial0";"#, .warning),
  ])
  func silenceIsWorseThanDefaults(_ chosen: String, _ severity: Severity) throws {
    let found = try findings("xen-cmdline-present", tree(chosen), xen: "4.17")
    #expect(found.map(\.severity) == [severity])
  }

  @Test func aTreeWithNothingForXenMayYetGetItFromTheScript() throws {
    let plain = "/ { chosen { bootargs = \"console=ttyS0\"; }; };"
    let found = try findings("xen-cmdline-present", plain, xen: "4.17")
    #expect(found.map(\.severity) == [.warning])
    #expect(try findings("xen-cmdline-present", plain) == [])
    #expect(
      try findings("chosen-exists", "/ { };", xen: "4.17").map(\.severity) == [.warning])
  }

  @Test func stdoutPathServesXenSince46() throws {
    let source = tree(#"xen,xen-bootargs = "dom0_mem=512M"; stdout-path = "serial0";"#)
      .replacing("\"multiboot,module\"", with: "\"multiboot,module\", \"xen,multiboot-module\"")
    #expect(try findings("xen-console", source, xen: "4.5").count == 1)
    #expect(try findings("xen-console", source, xen: "4.6") == [])
  }

  @Test(
    arguments: [
      ("serial0", "4.17", nil), ("serial0:115200n8", "4.17", nil),
      ("/soc/serial@1c28000", "4.17", nil), ("/soc/serial@1c28000:115200n8", "4.17", nil),
      ("serial1", "4.17", "no such alias"), ("/soc/serial", "4.17", "no such node"),
      ("soc/serial@1c28000", "4.17", "no such alias"),
      ("/soc/mmc@1c0f000", "4.17", "no driver"),
      ("/soc/serial@1c28400", "4.17", "no driver"), ("/soc/serial@1c28400", "4.18", nil),
      ("/soc/serial@1c28000", "4.3", "no driver"),
      ("/soc/serial@1c28800,115200n8", "4.3", nil),
      ("/soc/serial@1c28800:115200n8", "4.3", "no such node"),
      ("/soc/serial@1c28800:115200n8", "4.5", nil),
      ("/soc/serial@1c28800,115200n8", "4.6", "no such node"),
    ] as [(String, String, String?)])
  func aConsoleIsAnAliasOrAPath(_ name: String, _ version: String, _ fault: String?) throws {
    let property = version == "4.3" ? "bootargs" : "xen,xen-bootargs"
    let source = tree("\(property) = \"dom0_mem=512M dtuart=\(name)\";")
    let found = try findings("xen-dtuart-resolves", source, xen: version)
    #expect(found.count == (fault == nil ? 0 : 1))
    if let fault { #expect(found.first?.message.contains(fault) == true) }
  }

  @Test func theNearestAliasIsNamed() throws {
    let source = tree(#"xen,xen-bootargs = "dtuart=seril0";"#)
    let found = try findings("xen-dtuart-resolves", source, xen: "4.17")
    #expect(found.first?.help == "did you mean `serial0`?")
  }

  @Test(
    arguments: [
      ("dom0_mem=512M", nil), ("dom0_mem=524288", nil), ("dom0_mem=512M,max:512M", .info),
      ("dom0_mem=max:512M", .warning), ("dom0_mem=min:256M,max:512M", .warning),
      ("dom0_mem=\\\"512M\\\"", .warning), ("dom0-mem=512M", .warning), ("dom0_mem=", .warning),
    ] as [(String, Severity?)])
  func onARMdom0HasOneSize(_ option: String, _ severity: Severity?) throws {
    let source = tree("xen,xen-bootargs = \"dtuart=serial0 \(option)\";")
    let found = try findings("dom0-mem-set", source, xen: "4.17")
    #expect(found.map(\.severity) == (severity.map { [$0] } ?? []))
  }

  @Test(
    arguments: [
      (1023, "4.17", nil), (1024, "4.17", .warning), (1025, "4.17", .error),
      (1023, "4.11", nil), (1024, "4.11", .error),
    ] as [(Int, String, Severity?)])
  func theRoomForALineIs1024Bytes(
    _ letters: Int, _ version: String, _ severity: Severity?
  ) throws {
    let line = String(repeating: "a", count: letters)
    let source = tree("", module: "bootargs = \"\(line)\";")
    let found = try findings("cmdline-length", source, xen: version)
    #expect(found.map(\.severity) == (severity.map { [$0] } ?? []))
  }

  @Test func aQuotedHVC0CountsAndOneBehindDashesDoesNot() throws {
    func found(_ dom0: String) throws -> Int {
      let source = tree(
        "xen,xen-bootargs = \"dtuart=serial0\"; xen,dom0-bootargs = \"\(dom0)\";")
      return try findings("dom0-console-hvc0", source, xen: "4.17").count
    }
    #expect(try found("console=\\\"hvc0\\\"") == 0)
    #expect(try found("console=ttyS0 -- console=hvc0") == 1)
    #expect(try found("console=hvc00") == 1)
    #expect(try found("quiet") == 1)
  }

  @Test func oldNamesAreAddedBesideTheNewOnes() throws {
    let found = try findings("legacy-names-44", tree(""), xen: "4.4")
    #expect(
      found.map(\.fix) == [
        Fix(
          .safe, "list the old names and the new ones",
          .set(
            node: "/chosen/module@44000000", property: "compatible",
            value: "\"multiboot,kernel\", \"multiboot,module\", \"xen,multiboot-module\", "
              + "\"xen,linux-zimage\""))
      ])
  }

  @Test func aModuleOfUnknownKindIsLeftToItsAuthor() throws {
    let source = tree("").replacing("\"multiboot,kernel\", ", with: "")
    #expect(try findings("legacy-names-44", source, xen: "4.4").map(\.fix) == [nil])
  }

  @Test func aMisspelledPropertyIsNamed() throws {
    let source = tree("xen,dom0-botargs = \"console=hvc0\"; xen,nonsense; xen,sci-type = <1>;")
    let found = try findings("xen-unused-props", source, xen: "4.22")
    #expect(
      found.map(\.help) == [
        "did you mean `xen,dom0-bootargs`?", "take it out", "did you mean `xen,sci_type`?",
      ])
    #expect(found.first?.fix?.safety == .risky)
    #expect(
      found.first?.fix?.change
        == .set(node: "/chosen", property: "xen,dom0-bootargs", value: "\"console=hvc0\""))
    #expect(
      found.last?.fix?.change == .set(node: "/chosen", property: "xen,sci_type", value: "<0x1>"))
  }

  @Test func thousandsOfThemAreReportedInGoodTime() throws {
    let many = (0..<2000).map { "xen,x\($0)-bootargs = \"\";" }.joined(separator: " ")
    let source = "/ { a { \(many) }; };"
    #expect(try findings("xen-unused-props", source, xen: "4.17").count == 2000)
  }
}
