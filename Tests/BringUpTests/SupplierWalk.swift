import DeviceTree
import Testing

/// What a device of a tree hangs on: its buses, and whatever its properties refer to, and so on.
struct SupplierWalk {
  struct Supplier: Hashable {
    let path: String
    let compatible: [String]
    fileprivate let place: [Int]
  }

  /// How many cells follow a phandle, by the property; none where none is named.
  private static let counts = [
    "clocks": "#clock-cells", "resets": "#reset-cells", "dmas": "#dma-cells",
    "phys": "#phy-cells", "power-domains": "#power-domain-cells",
    "interrupts-extended": "#interrupt-cells",
  ]

  private let root: Node
  /// Where each phandle's node lies, by the numbers of the children on the way.
  private var places: [UInt32: [Int]] = [:]
  private var every: [[Int]] = []

  init(_ blob: [UInt8]) throws {
    root = try DeviceTree(parsing: blob.span.bytes).root
    note(root, [])
  }

  private mutating func note(_ node: Node, _ place: [Int]) {
    every.append(place)
    if let phandle = node.property("phandle")?.cells?.first { places[phandle] = place }
    for (index, child) in node.children.enumerated() { note(child, place + [index]) }
  }

  private func node(_ place: some Sequence<Int>) -> Node {
    place.reduce(root) { $0.children[$1] }
  }

  /// The devices in use that a driver takes.
  func nodes(where isTaken: (Supplier) -> Bool) -> [Supplier] {
    every.compactMap { place in
      let status = node(place).property("status")?.string ?? "okay"
      guard status == "okay", let supplier = owner(of: place), supplier.place == place else {
        return nil
      }
      return isTaken(supplier) ? supplier : nil
    }
  }

  /// Everything it needs, at however many removes.
  func all(of device: Supplier) -> Set<Supplier> {
    var found: Set<Supplier> = []
    var open = [device]
    while let next = open.popLast() {
      for supplier in suppliers(of: next.place) where found.insert(supplier).inserted {
        open.append(supplier)
      }
    }
    return found
  }

  private func suppliers(of place: [Int]) -> [Supplier] {
    var found: [[Int]] = []
    // Its buses, and what takes its interrupts, which is said on one of them.
    for length in place.indices.dropFirst() { found.append(Array(place.prefix(length))) }
    for length in (0...place.count).reversed() {
      if let parent = node(place.prefix(length)).property("interrupt-parent")?.cells?.first {
        found += [places[parent]].compactMap { $0 }
        break
      }
    }
    for property in node(place).properties { found += references(property) }
    return found.compactMap { owner(of: $0) }.filter { $0.place != place }
  }

  private func references(_ property: Property) -> [[Int]] {
    let name = property.name
    let count: String? =
      if name.hasSuffix("-gpios") || name.hasSuffix("-gpio") {
        "#gpio-cells"
      } else {
        Self.counts[name]
      }
    let isSingle =
      name.hasSuffix("-supply") || name.hasPrefix("pinctrl-") && name != "pinctrl-names"
      || name == "mmc-pwrseq"
    guard count != nil || isSingle, let cells = property.cells else { return [] }
    var found: [[Int]] = []
    var index = 0
    while index < cells.count {
      guard let place = places[cells[index]] else {
        index += 1
        continue
      }
      found.append(place)
      let further = count.flatMap { node(place).property($0)?.cells?.first } ?? 0
      index += 1 + Int(further)
    }
    return found
  }

  /// The node itself or the nearest around it that a driver could take: pins lie in their controller.
  private func owner(of place: [Int]) -> Supplier? {
    for length in (1..<(place.count + 1)).reversed() {
      let node = node(place.prefix(length))
      guard let compatible = node.property("compatible")?.strings else { continue }
      var path = ""
      for depth in 1...length { path += "/" + self.node(place.prefix(depth)).name }
      return Supplier(path: path, compatible: compatible, place: Array(place.prefix(length)))
    }
    return nil
  }
}
