import Boards
import BootImages
import FAT
import Measures
public import StrictYAML
public import SystemPackage

extension Project {
  /// Reads a project file's text.
  ///
  /// - Parameters:
  ///   - file: what errors call it.
  ///   - folder: what its relative paths count from.
  public init(parsing bytes: [UInt8], file: String, folder: FilePath) throws(YAMLError) {
    let document = try YAMLDocument(bytes: bytes, file: file)
    self = try document.root.mapping { (keys) throws(YAMLError) in
      let version = keys.optional("version")
      guard try version?.unsigned() ?? 1 == 1 else {
        throw version?.wrong(wanted: "`1`, the only version of project files so far")
          ?? .missingKey("version", at: keys.span)
      }
      var project = Project(folder: folder, board: try keys.required("board").string())
      let flow = keys.optional("flow")
      project.flow = try flow?.oneOf(Flow.self) ?? .xen
      if let root = keys.optional("root") { project.root = try Root(root) }
      if let inputs = keys.optional("inputs") { project.inputs = try Inputs(inputs) }
      if let xen = keys.optional("xen") { project.xen = try Xen(xen) }
      if let dom0 = keys.optional("dom0") { project.dom0 = try Dom0(dom0) }
      if let linux = keys.optional("linux") { project.linux = try Linux(linux) }
      if let domains = keys.optional("domains") {
        project.domains = try domains.guestsIfAny(takesAuto: true)
      }
      if let load = keys.optional("load") { project.load = try load.places() }
      if let image = keys.optional("image") { project.image = try Image(image, flow: project.flow) }
      if let lint = keys.optional("lint") { project.lint = try lint.acceptances() }
      if let volume = project.root.volume, project.flow == .dom0less || project.flow == .legacy {
        throw .unfit(
          "the flow `\(project.flow.rawValue)` mounts no root partition",
          help: "leave `root:` out, or name another flow", at: volume.span)
      }
      guard project.flow != .dom0less || !project.domains.isEmpty else {
        throw .unfit(
          "the flow `dom0less` starts guests alone, and the project has none",
          help: "list guests under `domains:`, or name another flow", at: flow?.span ?? keys.span)
      }
      return project
    }
  }
}

extension Project.Inputs {
  init(_ value: YAMLValue) throws(YAMLError) {
    self.init()
    let defaults = self
    self = try value.mapping { (keys) throws(YAMLError) in
      var inputs = defaults
      if let source = keys.optional("bootloader") { inputs.bootloader = try .init(source) }
      if let source = keys.optional("xen") { inputs.xen = try .init(source) }
      if let source = keys.optional("kernel") { inputs.kernel = try .init(source) }
      if let source = keys.optional("tree") { inputs.tree = try .init(source) }
      inputs.scriptBin = try keys.optional("script-bin")?.path()
      inputs.config = try keys.optional("config")?.path()
      inputs.modules = try keys.optional("modules")?.path()
      let kernel = keys.optional("fallback-kernel")
      inputs.fallbackKernel = try kernel.map { (value) throws(YAMLError) in try .init(value) }
      for (key, place) in [
        ("fallback-tree", \Project.Inputs.fallbackTree), ("fallback-xen", \.fallbackXen),
      ] {
        guard let source = keys.optional(key) else { continue }
        guard kernel != nil else {
          throw source.wrong(wanted: "a `fallback-kernel` beside it")
        }
        inputs[keyPath: place] = try .init(source)
      }
      for item in try keys.optional("overlays")?.list() ?? [] {
        inputs.overlays.append(try item.path())
      }
      for item in try keys.optional("include-paths")?.list() ?? [] {
        inputs.includePaths.append(try item.path())
      }
      return inputs
    }
  }
}

extension Project.Source {
  /// `debian`, `debian:PACKAGE`, `debian:PACKAGE=VERSION`, or a path.
  init(_ value: YAMLValue) throws(YAMLError) {
    let text = try value.string()
    guard !text.isEmpty else {
      throw value.wrong(wanted: "`debian`, `debian:PACKAGE[=VERSION]` or a path")
    }
    guard text == "debian" || text.hasPrefix("debian:") else {
      self = .path(text)
      return
    }
    let rest = text.dropFirst("debian:".count)
    let parts = rest.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let package = parts.first.map(String.init) ?? ""
    let version = parts.count == 2 ? String(parts[1]) : nil
    let isName = PackageName.isValid(package)
    let isVersion = version.map { PackageName.isValid(version: $0) } ?? true
    guard text == "debian" || isName && isVersion else {
      throw value.wrong(wanted: "`debian`, `debian:PACKAGE[=VERSION]` or a path")
    }
    self = .debian(package: package.isEmpty ? nil : package, version: version)
  }
}

extension Project.Linux {
  init(_ value: YAMLValue) throws(YAMLError) {
    self = try value.mapping { (keys) throws(YAMLError) in
      Project.Linux(arguments: try keys.optional("arguments")?.arguments() ?? "")
    }
  }
}

extension Project.Xen {
  init(_ value: YAMLValue) throws(YAMLError) {
    self = try value.mapping { (keys) throws(YAMLError) in
      var xen = Project.Xen()
      xen.arguments = try keys.optional("arguments")?.arguments() ?? ""
      if let version = keys.optional("version"), try version.string() != "auto" {
        guard let number = XenVersion(written: try version.string()) else {
          throw version.wrong(wanted: "`auto` or a version such as \"4.17\"")
        }
        guard number >= .firstOnARM else {
          throw version.wrong(
            wanted: "a version from \(XenVersion.firstOnARM) on, the first for ARM")
        }
        xen.version = number
      }
      return xen
    }
  }
}

extension Project.Dom0 {
  /// More would not fit any board that is known, and Xen on ARM takes no more for a guest.
  static let mostProcessors = 128

  init(_ value: YAMLValue) throws(YAMLError) {
    self = try value.mapping { (keys) throws(YAMLError) in
      var dom0 = Project.Dom0()
      if let memory = keys.optional("memory") {
        let size = try memory.size()
        guard size >= .mebibytes(16), size.rawValue % 4096 == 0 else {
          throw memory.wrong(wanted: "16MiB or more, in whole pages of 4KiB")
        }
        dom0.memory = size
        dom0.memorySpan = memory.span
      }
      dom0.vcpus = try keys.optional("vcpus")?.integer(in: 1...Self.mostProcessors)
      dom0.arguments = try keys.optional("arguments")?.arguments() ?? ""
      return dom0
    }
  }
}

extension Project.Image {
  /// - Parameter flow: not every one can be started by every script.
  init(_ value: YAMLValue, flow: Project.Flow) throws(YAMLError) {
    self = try value.mapping { (keys) throws(YAMLError) in
      var image = Project.Image()
      if let size = keys.optional("size") { image.size = try size.sizeOrAuto() }
      if let boot = keys.optional("boot") { try image.readBoot(boot, flow: flow) }
      if let root = keys.optional("root") {
        image.rootSize = try root.mapping { (keys) throws(YAMLError) in
          _ = try keys.optional("type")?.oneOf(RootKind.self)
          return try keys.optional("size")?.sizeOrAuto()
        }
      }
      return image
    }
  }

  /// The kinds of a root partition.
  private enum RootKind: String, CaseIterable { case ext4 }

  /// `{ type: fat32, size: 64MiB, script: boot.scr }`, where each may be left out.
  private mutating func readBoot(
    _ value: YAMLValue, flow: Project.Flow
  ) throws(YAMLError) {
    let defaults = self
    self = try value.mapping { (keys) throws(YAMLError) in
      var image = defaults
      if let kind = keys.optional("type") { image.bootKind = try kind.oneOf(FATKind.self) }
      if let size = keys.optional("size") { image.bootSize = try size.size() }
      if let script = keys.optional("script") {
        image.bootScript = try script.oneOf(Project.BootScriptKind.self)
        guard image.bootScript != .extlinux || flow == .linux || flow == .kvm else {
          throw script.wrong(wanted: "`boot.scr` in this flow: extlinux.conf can only start Linux")
        }
      }
      return image
    }
  }
}

extension YAMLValue {
  /// `{ xen: 0x4300_0000, kernel: auto }`.
  fileprivate func places() throws(YAMLError) -> [Project.LoadKey: Project.Place] {
    try mapping { (keys) throws(YAMLError) in
      var places: [Project.LoadKey: Project.Place] = [:]
      for key in Project.LoadKey.allCases {
        guard let value = keys.optional(key.rawValue) else { continue }
        places[key] = Project.Place(
          address: try value.addressOrAuto(), span: value.span,
          digitsInHexadecimal: value.digitsInHexadecimal)
      }
      return places
    }
  }

  /// `48000000` is 0x2dc6c00, and whoever writes it may mean 0x48000000.
  var digitsInHexadecimal: Address? {
    guard let text = try? string() else { return nil }
    let digits = text.filter { $0 != "_" }
    // `0x…` is no number in this reading.
    return UInt64(digits, radix: 16).map { Address($0) }
  }

  /// An address, or nil for `auto`.
  func addressOrAuto() throws(YAMLError) -> Address? {
    if let text = try? string(), text == "auto" { return nil }
    guard let address = try? address() else {
      throw wrong(wanted: "an address such as 0x4200_0000, or `auto`")
    }
    return address
  }

  /// A file of the user's.
  fileprivate func path() throws(YAMLError) -> Project.Source {
    let text = try string()
    guard !text.isEmpty, text != "debian", !text.hasPrefix("debian:") else {
      throw wrong(wanted: "a path")
    }
    return .path(text)
  }

  /// A size, or nil for `auto`.
  fileprivate func sizeOrAuto() throws(YAMLError) -> ByteCount? {
    if let text = try? string(), text == "auto" { return nil }
    return try size()
  }

  /// A file or a folder of the user's.
  fileprivate func path() throws(YAMLError) -> String {
    let text = try string()
    guard !text.isEmpty, text != "debian", !text.hasPrefix("debian:") else {
      throw wrong(wanted: "a path")
    }
    return text
  }

  /// A command line: printable ASCII in one line.
  func arguments() throws(YAMLError) -> String {
    let text = try string()
    guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      throw wrong(wanted: "a command line of printable ASCII in one line")
    }
    return text
  }
}
