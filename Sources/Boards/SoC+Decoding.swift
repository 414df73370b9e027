import Diagnostics
import Measures
public import StrictYAML

extension SoC {
  /// Reads a file of `Boards/soc`. Nothing is opened: `file` is its name for errors, and its stem
  /// must be the SoC's name.
  public init(text: String, file: String) throws(BoardError) {
    do {
      try self.init(decoding: try YAMLDocument(text: text, file: file), file: file)
    } catch {
      throw .yaml(error)
    }
  }

  /// As `init(text:file:)`, from a file that has been parsed.
  public init(_ document: YAMLDocument, file: String) throws(BoardError) {
    do {
      try self.init(decoding: document, file: file)
    } catch {
      throw .yaml(error)
    }
  }

  private init(decoding document: YAMLDocument, file: String) throws(YAMLError) {
    self = try document.root.mapping { (mapping) throws(YAMLError) in
      try SoC(&mapping, file: file)
    }
  }

  private init(_ mapping: inout YAMLMapping, file: String) throws(YAMLError) {
    self.file = file
    name = try mapping.required("soc").name(ofFile: file)
    title = try mapping.required("title").string()
    identity = try mapping.section("identity", Identity.init)
    processor = try mapping.section("processor", Processor.init)
    let dram = try mapping.section("dram", DRAM.init)
    self.dram = dram
    spl = try mapping.optionalSection("spl", SPL.init)
    bootloader = try mapping.section("bootloader") { (section, source) throws(YAMLError) in
      try Bootloader(&section, source, dram: dram)
    }
    load = try mapping.section("load") { (section, source) throws(YAMLError) in
      try LoadAddresses(&section, source, dram: dram)
    }
    bootm = try mapping.optionalSection("bootm") { (section, source) throws(YAMLError) in
      BootmWindow(window: try section.range(), source: source, span: section.span)
    }
    gic = try mapping.section("gic", GIC.init)
    timer = try mapping.section("timer", Timer.init)
    sram = try mapping.sections("sram") { (section, source) throws(YAMLError) in
      SRAM(
        name: try section.required("name").string(), range: try section.range(), source: source,
        span: section.span)
    }
    reserved = try mapping.sections("reserved") { (section, source) throws(YAMLError) in
      Reserved(
        range: try section.range(), why: try section.required("why").string(), source: source,
        span: section.span)
    }
    (blocks, blockGroups) = try Self.blocks(&mapping)
    uart = try mapping.optionalSection("uart", UART.init)
    psci = try mapping.optionalSection("psci") { (section, source) throws(YAMLError) in
      PSCI(range: try section.range(), source: source, span: section.span)
    }
    scriptBin = try mapping.optionalSection("script-bin") {
      (section, source) throws(YAMLError) in
      ScriptBin(range: try section.range(), source: source)
    }
    ubootLoad = try mapping.optionalSection("uboot-load") {
      (section, source) throws(YAMLError) in
      try UBootLoad(&section, source, dram: dram)
    }
    legacyLoad = try mapping.optionalSection("legacy-load") {
      (section, source) throws(YAMLError) in
      try LegacyLoad(&section, source, dram: dram)
    }
    drivers = try mapping.optionalSection("drivers", Drivers.init)
    xen = try mapping.optionalSection("xen", XenPlatform.init)
    grantTables = try mapping.sections("grant-tables") { (section, source) throws(YAMLError) in
      GrantTable(
        xen: try section.required("xen").xenVersion(), range: try section.range(), source: source,
        span: section.span)
    }
  }
}

extension SoC.Identity {
  fileprivate init(_ section: inout YAMLMapping, _ source: String) throws(YAMLError) {
    treeCompatible = try section.required("tree-compatible").compatible()
    treePrefix = try section.optional("tree-prefix")?.word()
    self.source = source
  }
}

extension SoC.Processor {
  fileprivate init(_ section: inout YAMLMapping, _ source: String) throws(YAMLError) {
    architecture = try section.required("architecture").oneOf()
    cores = try section.required("cores").integer(in: 1...64)
    hyp = try section.required("hyp").bool()
    self.source = source
  }
}

extension SoC.DRAM {
  fileprivate init(_ section: inout YAMLMapping, _ source: String) throws(YAMLError) {
    window = try section.range()
    self.source = source
    span = section.span
  }
}

extension SoC.SPL {
  fileprivate init(_ section: inout YAMLMapping, _ source: String) throws(YAMLError) {
    offset = try section.required("offset").size()
    limit = try section.required("limit").size()
    self.source = source
  }
}

extension SoC.Bootloader {
  fileprivate init(
    _ section: inout YAMLMapping, _ source: String, dram: SoC.DRAM
  ) throws(YAMLError) {
    text = try section.optional("text")?.address(in: dram)
    reserve = try section.required("reserve").size()
    self.source = source
    span = section.span
  }
}

extension SoC.LoadAddresses {
  fileprivate init(
    _ section: inout YAMLMapping, _ source: String, dram: SoC.DRAM
  ) throws(YAMLError) {
    var spans: [String: SourceSpan] = [:]
    func address(
      _ key: String, _ section: inout YAMLMapping
    ) throws(YAMLError) -> Address {
      let value = try section.required(key)
      spans[key] = value.span
      return try value.address(in: dram)
    }
    xen = try address("xen", &section)
    tree = try address("tree", &section)
    script = try address("script", &section)
    kernel = try address("kernel", &section)
    initrd = try address("initrd", &section)
    self.source = source
    self.spans = spans
  }
}

extension SoC.GIC {
  fileprivate init(_ section: inout YAMLMapping, _ source: String) throws(YAMLError) {
    distributor = try section.range("distributor")
    cpu = try section.range("cpu")
    hypervisor = try section.range("hypervisor")
    virtual = try section.range("virtual")
    maintenance = try section.required("maintenance").privateInterrupt()
    lines = try section.optional("lines")?.integer(in: 32...1020)
    self.source = source
  }
}

extension SoC.Timer {
  fileprivate init(_ section: inout YAMLMapping, _ source: String) throws(YAMLError) {
    secure = try section.required("secure").privateInterrupt()
    physical = try section.required("physical").privateInterrupt()
    virtual = try section.required("virtual").privateInterrupt()
    hypervisor = try section.required("hypervisor").privateInterrupt()
    frequency = try section.optional("frequency")?.integer(in: 1_000...1_000_000_000)
    self.source = source
  }
}

extension YAMLValue {
  fileprivate func privateInterrupt() throws(YAMLError) -> Int { try integer(in: 0...15) }

  func address(in dram: SoC.DRAM) throws(YAMLError) -> Address {
    let address = try address()
    guard address >= dram.window.start, address < dram.window.end else {
      throw wrong(wanted: "an address within DRAM, \(dram.window)")
    }
    return address
  }

  fileprivate func xenVersion() throws(YAMLError) -> String {
    let text = try string()
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ UInt16($0) != nil }) else {
      throw wrong(wanted: "a version of Xen such as \"4.4\"")
    }
    return text
  }
}
