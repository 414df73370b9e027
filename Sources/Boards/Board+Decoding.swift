import Diagnostics
import Measures
public import StrictYAML

extension Board {
  /// Reads a file of `Boards`. Nothing is opened: `file` is its name for errors, and its stem must
  /// be the board's name.
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
      try Board(&mapping, file: file)
    }
  }

  private init(_ mapping: inout YAMLMapping, file: String) throws(YAMLError) {
    self.file = file
    name = try mapping.required("board").name(ofFile: file)
    let socValue = try mapping.required("soc")
    soc = try socValue.name()
    status = try mapping.required("status").oneOf()
    let start = mapping.span
    var places = Places(soc: socValue.span, compatible: start, memory: start)
    identity = try mapping.section("identity") { (section, source) throws(YAMLError) in
      try Identity(&section, source, place: &places.compatible)
    }
    memory = try mapping.section("memory") { (section, source) throws(YAMLError) in
      try Memory(&section, source, place: &places.memory)
    }
    console = try mapping.section("console", Console.init)
    tree = try mapping.section("tree", Tree.init)
    bootloader = try mapping.optionalSection("bootloader") { (section, source) throws(YAMLError) in
      Bootloader(
        package: try section.required("package").word(),
        member: try section.required("member").relativePath(), source: source)
    }
    dom0 = try mapping.section("dom0", Dom0.init)
    drivers = try mapping.optionalSection("drivers", Drivers.init)
    emulation = try mapping.optionalSection("emulation") { (section, source) throws(YAMLError) in
      try EmulationChoice(&section, source, place: &places.emulation)
    }
    self.places = places
  }
}

extension Board.Identity {
  fileprivate init(
    _ section: inout YAMLMapping, _ source: String, place: inout SourceSpan
  ) throws(YAMLError) {
    model = try section.required("model").string()
    let value = try section.required("compatible")
    place = value.span
    var compatible: [String] = []
    for item in try value.filledList() { compatible.append(try item.compatible()) }
    self.compatible = compatible
    self.source = source
  }
}

extension Board.Memory {
  fileprivate init(
    _ section: inout YAMLMapping, _ source: String, place: inout SourceSpan
  ) throws(YAMLError) {
    let value = try section.required("variants")
    place = value.span
    var variants: [ByteCount] = []
    for item in try value.filledList() {
      let size = try item.size()
      guard size > variants.last ?? 0 else {
        throw item.wrong(wanted: "a size above \(variants.last?.compact ?? "0"), since they ascend")
      }
      variants.append(size)
    }
    self.variants = variants
    var further: [AddressRange] = []
    for item in try section.optional("further")?.filledList() ?? [] {
      further.append(try item.mapping { (range) throws(YAMLError) in try range.range() })
    }
    self.further = further
    self.source = source
  }
}

extension Board.Console {
  fileprivate init(_ section: inout YAMLMapping, _ source: String) throws(YAMLError) {
    bootloader = try section.required("bootloader").serialLine()
    linux = try section.required("linux").serialLine()
    xenUART = try section.required("xen-uart").word()
    self.source = source
  }
}

extension Board.Tree {
  private enum Machine: String, CaseIterable { case machine }

  fileprivate init(_ section: inout YAMLMapping, _ source: String) throws(YAMLError) {
    if let from = section.optional("from") {
      _ = try from.oneOf(Machine.self)
      origin = .machine
    } else {
      let value = try section.required("file")
      let file = try value.relativePath()
      guard file.hasSuffix(".dtb") else {
        throw value.wrong(wanted: "the name of a compiled tree, `….dtb`")
      }
      origin = .kernel(file: file)
    }
    self.source = source
  }
}

extension Board.Dom0 {
  fileprivate init(_ section: inout YAMLMapping, _ source: String) throws(YAMLError) {
    memory = try section.required("memory").size()
    var arguments: [String] = []
    for item in try section.optional("arguments")?.list() ?? [] {
      arguments.append(try item.word())
    }
    self.arguments = arguments
    self.source = source
  }
}

extension YAMLValue {
  fileprivate func serialLine() throws(YAMLError) -> Board.SerialLine {
    let parts = try word().split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2, let device = parts.first, !device.isEmpty,
      let baud = parts.last.flatMap({ Int($0) }), baud > 0
    else { throw wrong(wanted: "a serial line such as \"ttyS0,115200\"") }
    return Board.SerialLine(device: String(device), baud: baud)
  }
}
