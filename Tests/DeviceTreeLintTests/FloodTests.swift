import DeviceTree
import DeviceTreeLint
import Diagnostics
import Testing

/// A tree that is wrong at very many places is told of some of them, and of their number.
@Suite struct FloodTests {
  /// What is told of one rule and one tree.
  static let most = 4096

  /// Banks of RAM that all overlap.
  static func banks(_ count: Int) -> [UInt8] {
    let memory = Node(
      name: "memory@40000000",
      properties: [
        .string("device_type", "memory"),
        .cells("reg", (0..<count).flatMap { _ in [0x4000_0000, 0x10_0000] }),
      ])
    let root = Node(
      name: "", properties: [.cells("#address-cells", [1]), .cells("#size-cells", [1])],
      children: [memory])
    return DeviceTree(root: root).encoded()
  }

  func findings(_ count: Int) throws -> [Finding] {
    let selection = try RuleSelection(select: ["memory-banks"], ignore: [])
    return Linter(for: try LintTarget(RuleExample.Target.xen("4.17")), selection: selection)
      .lint(Self.banks(count), file: "x.dtb")
  }

  @Test func aFloodIsCutShortAndCounted() throws {
    let found = try findings(20_000)
    #expect(found.count == Self.most)
    #expect(found.last?.notes == ["the rule has 15904 more such findings in this tree"])
    #expect(found.dropLast().allSatisfy { $0.notes.isEmpty })
  }

  @Test func whatIsNoFloodIsToldWhole() throws {
    let found = try findings(1000)
    #expect(found.count == 1000)
    #expect(found.allSatisfy { $0.notes.isEmpty })
  }

  /// As many wrong GICs as nodes that send them interrupts: each is looked at once.
  @Test(.timeLimit(.minutes(1)))
  func aCrowdOfGICs() throws {
    let count = 20_000
    let gics = (0..<count).map { number in
      Node(
        name: "gic\(number)",
        properties: [
          .string("compatible", "arm,gic-400"), Property(name: "interrupt-controller", value: []),
          .cells("#interrupt-cells", [2]), .cells("phandle", [UInt32(number + 1)]),
        ])
    }
    let devices = (0..<count).map { number in
      Node(
        name: "dev\(number)",
        properties: [
          .cells("interrupts-extended", [UInt32(number + 1), 1, 4, 1, 1, 4, UInt32(count), 1, 4])
        ])
    }
    let root = Node(
      name: "", properties: [.cells("#address-cells", [1]), .cells("#size-cells", [1])],
      children: gics + devices)
    let selection = try RuleSelection(select: ["gic-cells", "irq-parent-resolves"], ignore: [])
    let found = Linter(selection: selection).lint(
      DeviceTree(root: root).encoded(), file: "x.dtb")
    #expect(found.count == Self.most)
    #expect(found.allSatisfy { $0.rule == "gic-cells" })
  }
}
