import DeviceTree
import Diagnostics
import SystemPackage
import Testing
import TreeCompiler
import TreeSource

/// Sources that compile, and the places in them.
@Suite struct CompileTests {
  private func tree(_ compiled: CompiledTree) throws -> DeviceTree {
    try DeviceTree(parsing: compiled.bytes.span.bytes)
  }

  @Test func aPlainSourceBecomesABlobAndAMap() async throws {
    let bench = try Workbench([
      "board.dts": "/dts-v1/;\n/include/ \"soc.dtsi\"\n/ {\n\tmodel = \"Demo\";\n};\n",
      "soc.dtsi": "/ { soc { x; }; };\n",
    ])
    let compiled = try await bench.compile()
    #expect(try tree(compiled).root.property("model")?.string == "Demo")
    #expect(compiled.messages.isEmpty)
    #expect(compiled.isResolved)
    let model = compiled.positions.range(node: "/", property: "model")
    #expect(model?.description == "\(bench.path("board.dts")):4:2-4:17")
    let x = compiled.positions.range(node: "/soc", property: "x")
    #expect(x?.description == "\(bench.path("soc.dtsi")):1:11-1:13")
    #expect(
      compiled.texts.keys.sorted() == ["board.dts", "soc.dtsi"].map { bench.path($0).string })
  }

  @Test func headersAndMacrosGoThroughCPP() async throws {
    let bench = try Workbench([
      "tree/board.dts": """
      /dts-v1/;
      #include <irq.h>
      #include "soc.dtsi"
      / {
      \tinterrupts = <SPI   33>;   b;
      };
      /include/ "late.dtsi"

      """,
      "tree/soc.dtsi": "/ { soc { #address-cells = <SPI>; }; };\n",
      "tree/late.dtsi": "/ { late; };\n",
      "include/irq.h": "#define SPI 0\n",
    ])
    let compiler = TreeCompiler(includePaths: [bench.path("include")])
    let compiled = try await bench.compile("tree/board.dts", with: compiler)
    let tree = try tree(compiled)
    #expect(tree.root.property("interrupts")?.cells == [0, 33])
    #expect(tree.root.property("late") != nil)
    let board = bench.path("tree/board.dts").string
    let map = compiled.positions
    #expect(map.range(node: "/", property: "interrupts")?.description == "\(board):5:2-5:26")
    #expect(map.range(node: "/", property: "b")?.description == "\(board):5:29-5:31")
    #expect(map.range(node: "/soc")?.file == bench.path("tree/soc.dtsi").string)
    #expect(map.range(node: "/", property: "late")?.file == bench.path("tree/late.dtsi").string)
  }

  @Test func labelsAreKeptOnRequestAndForOverlays() async throws {
    let bench = try Workbench([
      "board.dts": "/dts-v1/; / { l: n { }; };\n",
      "over.dts": "/dts-v1/; /plugin/; &l { n: n { }; };\n",
      "cpp.dts": "#define PLUGIN /plugin/\n/dts-v1/; PLUGIN; &l { n: n { }; };\n",
    ])
    #expect(try tree(await bench.compile()).node(at: "/__symbols__") == nil)
    let kept = try await bench.compile(with: TreeCompiler(keepsLabels: true))
    #expect(try tree(kept).node(at: "/__symbols__")?.property("l")?.string == "/n")
    for name in ["over.dts", "cpp.dts"] {
      let overlay = try tree(await bench.compile(name))
      #expect(overlay.node(at: "/__symbols__")?.property("n") != nil)
      #expect(overlay.node(at: "/__fixups__")?.property("l") != nil)
    }
  }

  /// Opinions about the tree are the rules' business.
  @Test func whatDTCOnlyDislikesCompilesInSilence() async throws {
    let bench = try Workbench([
      "board.dts": """
      /dts-v1/;
      / {
      \tr = <&d>;
      \ta@1 { };
      \tb { reg = <1>; name = "wrong"; };
      \tc@1@2 { };
      \td: d { };
      };

      """
    ])
    let compiled = try await bench.compile()
    #expect(compiled.messages.isEmpty)
    #expect(compiled.isResolved)
    let root = try tree(compiled).root
    // dtc alone would stop before it resolves this, because of the wrong `name`.
    #expect(root.property("r")?.cells == root.child("d")?.property("phandle")?.cells)
  }

  @Test func aFileNameThatLooksLikeAnOptionIsAFile() async throws {
    let bench = try Workbench(["board.dts": "/dts-v1/; / { };"])
    await #expect(throws: TreeCompilerError.cannotRead("-x.dts", .noSuchFileOrDirectory)) {
      _ = try await TreeCompiler().compile(file: "-x.dts")
    }
    _ = try await bench.compile()
  }
}
