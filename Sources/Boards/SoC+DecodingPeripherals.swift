import Measures
import StrictYAML

extension SoC {
  /// The list `blocks`, of groups with a source each. No two blocks of a chip have the same name or
  /// begin at the same address.
  static func blocks(
    _ mapping: inout YAMLMapping
  ) throws(YAMLError) -> ([Block], [BlockGroup]) {
    var blocks: [Block] = []
    let groups = try mapping.sections("blocks") { (section, source) throws(YAMLError) in
      let trigger: Trigger = try section.required("trigger").oneOf()
      let first = blocks.count
      for item in try section.required("list").filledList() {
        blocks.append(
          try item.mapping { (block) throws(YAMLError) in
            try Block(&block, trigger, among: blocks)
          })
      }
      return BlockGroup(first: blocks[first].name, source: source)
    }
    return (blocks, groups)
  }
}

extension SoC.Block {
  fileprivate init(
    _ mapping: inout YAMLMapping, _ trigger: SoC.Trigger, among others: [SoC.Block]
  ) throws(YAMLError) {
    let nameValue = try mapping.required("name")
    let name = try nameValue.name()
    guard !others.contains(where: { $0.name == name }) else {
      throw nameValue.wrong(wanted: "a name that no other block has")
    }
    let base = try mapping.required("base")
    let range = try mapping.range()
    if let other = others.first(where: { $0.range.start == range.start }) {
      throw base.wrong(wanted: "an address at which no other block begins; `\(other.name)` does")
    }
    var spis: [Int] = []
    for spi in try mapping.optional("spis")?.filledList() ?? [] {
      spis.append(try spi.integer(in: 0...987))
    }
    self.init(
      name: name, range: range, spis: spis, trigger: trigger,
      mistakenFor: try mapping.optional("mistaken-for")?.name(), span: mapping.span)
  }
}

extension SoC.UART {
  init(_ section: inout YAMLMapping, _ source: String) throws(YAMLError) {
    compatible = try section.required("compatible").compatible()
    regShift = try section.required("reg-shift").integer(in: 0...4)
    regIOWidth = try section.required("reg-io-width").integer(in: 1...8)
    self.source = source
  }
}

extension SoC.UBootLoad {
  init(_ section: inout YAMLMapping, _ source: String, dram: SoC.DRAM) throws(YAMLError) {
    kernel = try section.required("kernel").address(in: dram)
    tree = try section.required("tree").address(in: dram)
    script = try section.required("script").address(in: dram)
    initrd = try section.required("initrd").address(in: dram)
    self.source = source
    span = section.span
  }
}

extension SoC.LegacyLoad {
  init(_ section: inout YAMLMapping, _ source: String, dram: SoC.DRAM) throws(YAMLError) {
    environment = try section.required("environment").address(in: dram)
    vendorKernel = try section.required("vendor-kernel").address(in: dram)
    kernel = try section.required("kernel").address(in: dram)
    tree = try section.required("tree").address(in: dram)
    initrd = try section.required("initrd").address(in: dram)
    entry = try section.required("entry").address(in: dram)
    self.source = source
    span = section.span
  }
}

extension SoC.XenPlatform {
  init(_ section: inout YAMLMapping, _ source: String) throws(YAMLError) {
    watchdogs = try section.required("watchdogs").compatibles()
    self.source = source
  }
}

extension YAMLValue {
  fileprivate func compatibles() throws(YAMLError) -> [String] {
    var all: [String] = []
    for item in try filledList() { all.append(try item.compatible()) }
    return all
  }
}
