import BootImages
import BringUp
import DeviceTree
import Diagnostics
import Foundation
import OutsideTools
import Testing

/// What the project's overlays make of its tree.
@Suite struct OverlayTests {
  /// The small tree as dtc makes one with `-@`: nodes with labels have phandles.
  private static func base() throws -> [UInt8] {
    let bytes = try SmallInputs().encodedTree()
    var tree = try DeviceTree(parsing: bytes.span.bytes)
    tree.edit("/soc") { $0.set(.cells("phandle", [7])) }
    tree.edit("/soc/serial@1c28000") { $0.set(.cells("phandle", [8])) }
    tree.edit("/__symbols__") {
      $0.set(.string("uart0", "/soc/serial@1c28000"))
      $0.set(.string("soc", "/soc"))
    }
    return tree.encoded()
  }

  private static let first = """
    /dts-v1/; /plugin/;
    &uart0 { current-speed = <115200>; };
    &soc { osc: oscillator { compatible = "fixed-clock"; #clock-cells = <0>; clock-frequency = <1>; }; };
    """

  /// It needs a label of the first.
  private static let second = """
    /dts-v1/; /plugin/;
    &osc { clock-frequency = <24000000>; };
    &uart0 { clocks = <&osc>; current-speed = <9600>; };
    """

  private static func run(
    _ program: String, _ arguments: [String], on inputs: [String: [UInt8]]
  ) throws -> [UInt8] {
    try OutsideTool.withTemporaryFolder { folder in
      for (name, bytes) in inputs { try Data(bytes).write(to: folder.appending(path: name)) }
      let result = try OutsideTool.run(program, arguments, in: folder)
      try #require(result.status == 0, "\(program): \(result.output)")
      return [UInt8](try Data(contentsOf: folder.appending(path: "out")))
    }
  }

  private static func compile(_ source: String) throws -> [UInt8] {
    try run(
      "dtc", ["-q", "-@", "-I", "dts", "-O", "dtb", "-o", "out", "in"],
      on: ["in": Array(source.utf8)])
  }

  /// A plan's tree as dtc shows it, its parts in the order of their names.
  private static func tree(_ plan: BuildPlan) throws -> String {
    let artefact = try #require(plan.artefacts.first { $0.name == "xen.dtb" })
    let text = try run(
      "dtc", ["-q", "-s", "-I", "dtb", "-O", "dts", "-o", "out", "in"],
      on: ["in": artefact.bytes])
    return String(decoding: text, as: UTF8.self)
  }

  private static func refusal(_ inputs: SmallInputs) throws -> String {
    let error = try #require(throws: BuildError.self) { try inputs.plan() }
    let words = error.diagnostic
    #expect(!error.isVerdict)
    return ([words.message] + words.notes + [words.help ?? "no help"]).joined(separator: "\n")
  }

  /// One after the other, as fdtoverlay lays them.
  @Test func theyAreLaidAsByFdtoverlay() throws {
    let (first, second) = (try Self.compile(Self.first), try Self.compile(Self.second))
    var inputs = SmallInputs()
    let base = try Self.base()
    inputs.tree = base
    inputs.overlays = [("first.dtbo", first), ("second.dtbo", second)]
    let tree = try Self.tree(try inputs.plan())
    #expect(tree.contains("current-speed = <0x2580>;"))

    let whole = try Self.run(
      "fdtoverlay", ["-i", "base", "-o", "out", "first", "second"],
      on: ["base": base, "first": first, "second": second])
    var others = SmallInputs()
    others.tree = whole
    #expect(try tree == Self.tree(others.plan()))
  }

  @Test func theirOrderMatters() throws {
    var inputs = SmallInputs()
    inputs.tree = try Self.base()
    inputs.overlays = [("second.dtbo", try Self.compile(Self.second))]
    #expect(
      try Self.refusal(inputs) == """
        the overlay second.dtbo does not fit the tree: the base tree has no label osc
        look at the label's spelling, and compile the base tree with `dtc -@`
        """)
  }

  @Test func aTreeWithoutLabels() throws {
    var inputs = SmallInputs()
    inputs.overlays = [("first.dtbo", try Self.compile(Self.first))]
    #expect(
      try Self.refusal(inputs) == """
        the overlay first.dtbo does not fit the tree: the base tree has no /__symbols__, where the \
        overlay's labels are looked up
        compile the base tree with `dtc -@`
        """)
  }

  @Test func aTreeIsNoOverlay() throws {
    var inputs = SmallInputs()
    inputs.overlays = [("board.dtb", DeviceTree().encoded())]
    #expect(
      try Self.refusal(inputs) == """
        board.dtb is no overlay: it is a tree by itself, without a fragment
        give it as `inputs: tree:`, or take it out of `inputs: overlays:`
        """)
  }

  @Test func aTextIsNoOverlay() throws {
    var inputs = SmallInputs()
    inputs.overlays = [("first.dtbo", Array(Self.first.utf8))]
    let error = #expect(throws: InputError.self) { try inputs.plan() }
    #expect(
      error?.diagnostic.message
        == "the device tree first.dtbo must be a compiled device tree (.dtb), but it is the source of a "
        + "device tree")
  }

  /// The linter sees the tree that is booted, with all that was laid over it.
  @Test func whatAnOverlayBreaksIsRefused() throws {
    var inputs = SmallInputs()
    inputs.tree = try Self.base()
    inputs.overlays = [
      (
        "faulty.dtbo",
        try Self.compile("/dts-v1/; /plugin/; &uart0 { interrupts = <0 1 8>; };")
      )
    ]
    let error = try #require(throws: BuildError.self) { try inputs.plan() }
    #expect(error.isVerdict)
    #expect(error.diagnostic.notes.contains { $0.contains("irq-spi-flag") })
  }
}
