import DeviceTree
import DeviceTreeLint
import Diagnostics
import Testing

/// Trees that are made to cost time or memory: no check of dtc's takes more than the tree is worth.
/// What grew with the square of these numbers would take very long.
@Suite(.timeLimit(.minutes(2))) struct HostileNamesTests {
  /// About half of what a reader takes.
  static let nodes = 30_000
  static let properties = 100_000

  struct Attack: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let root: @Sendable () -> Node
    /// Checks that have to speak, and how often.
    let counts: [String: Int]

    init(_ name: String, _ counts: [String: Int], root: @escaping @Sendable () -> Node) {
      testDescription = name
      self.counts = counts
      self.root = root
    }
  }

  static let oneCell: [UInt8] = [0, 0, 0, 1]
  static let cells = [
    Property(name: "#address-cells", value: oneCell),
    Property(name: "#size-cells", value: [0, 0, 0, 0]),
  ]

  static let attacks = [
    Attack("each node is called as a property beside it", ["node_name_vs_property_name": nodes]) {
      Node(
        name: "", properties: (0..<nodes).map { Property(name: "p\($0)", value: oneCell) },
        children: (0..<nodes).map { Node(name: "p\($0)") })
    },
    Attack("two levels of such nodes", ["node_name_vs_property_name": nodes / 2]) {
      let names = (0..<properties).map { Property(name: "p\($0)", value: oneCell) }
      return Node(
        name: "", properties: names,
        children: (0..<nodes / 2).map { Node(name: "p\($0)", children: [Node(name: "p\($0)")]) })
    },
    Attack("one address for all", ["unique_unit_address": nodes - 1]) {
      Node(
        name: "", properties: cells,
        children: (0..<nodes).map {
          Node(name: "a\($0)@1", properties: [Property(name: "reg", value: oneCell)])
        })
    },
    Attack("one phandle for all", ["explicit_phandles": nodes - 1]) {
      Node(
        name: "",
        children: (0..<nodes).map {
          Node(name: "a\($0)", properties: [Property(name: "phandle", value: oneCell)])
        })
    },
    Attack("addresses to be judged by a bus that is hard to find", ["unit_address_format": nodes]) {
      Node(
        name: "",
        properties: (0..<properties).map { Property(name: "p\($0)", value: oneCell) },
        children: (0..<nodes).map { Node(name: "a@0\($0)") })
    },
    Attack("counted in cells that are not there", ["avoid_default_addr_size": 2 * nodes]) {
      Node(
        name: "",
        properties: (0..<properties).map { Property(name: "p\($0)", value: oneCell) },
        children: (0..<nodes).map {
          Node(name: "a\($0)", properties: [Property(name: "reg", value: [0])])
        })
    },
    Attack("a bus of a hundred thousand kinds", ["simple_bus_reg": nodes, "pci_bridge": 3]) {
      let kinds = (0..<properties / 2).flatMap { _ in
        [
          Property(name: "compatible", value: Array("simple-bus\0".utf8)),
          Property(name: "device_type", value: Array("pci\0".utf8)),
        ]
      }
      return Node(
        name: "",
        children: [
          Node(
            name: "pci", properties: kinds,
            children: (0..<nodes).map {
              Node(name: "a\($0)")
            })
        ])
    },
    Attack("an I2C device with a million addresses", ["i2c_bus_reg": 64]) {
      let reg = Property(name: "reg", value: Array(repeating: 0x55, count: 4_000_000))
      return Node(
        name: "",
        children: [
          Node(
            name: "i2c", properties: cells,
            children: [Node(name: "a@15555555", properties: [reg])])
        ])
    },
    Attack("one name for all", ["duplicate_node_names": 1000]) {
      Node(name: "", children: (0..<nodes).map { _ in Node(name: "a") })
    },
    Attack("one property, again and again", ["duplicate_property_names": 1000]) {
      Node(
        name: "",
        properties: (0..<properties).map { _ in Property(name: "phandle", value: oneCell) })
    },
  ]

  @Test(arguments: attacks)
  func aTreeCostsWhatItIsWorth(_ attack: Attack) throws {
    let blob = DeviceTree(root: attack.root()).encoded()
    let linter = Linter(selection: try RuleSelection(select: ["dtc"], ignore: []))
    let found = linter.lint(blob, file: "hostile.dtb")
    for (check, count) in attack.counts {
      // Of so many only some are told.
      let told = min(count, FloodTests.most)
      #expect(found.count { $0.rule.rawValue == check } == told, "\(check)")
    }
  }
}
