import Boards
import Diagnostics
import Measures
import MemoryPlanner
import Workspace

/// Where a flow loads its files to: the project's word, before that of the SoC's file.
struct LoadPlaces: Sendable {
  /// The place of one file.
  struct Place: Sendable {
    var address: Address
    /// The line that gives it, where a person wrote one.
    var source: SourceSpan?
    var setting: AddressSetting
    /// It may be anywhere, and `address` is only a stand-in until a place was looked for.
    var isOpen = false
    /// The project gives it, and not the SoC's file.
    var isChosen = false
  }

  var xen: Place
  var tree: Place
  var kernel: Place
  var initrd: Place
  /// What U-Boot reads before all else, to an address of its own.
  let script: Place

  /// - Parameter takesTree: in the flow `legacy`, whether the kernel takes a tree and not script.bin.
  init(_ project: Project, on soc: SoC, takesTree: Bool = true) throws {
    self =
      switch project.flow {
      case .legacy: try Self.legacy(soc, takesTree: takesTree)
      case .linux, .kvm:
        switch project.image.bootScript {
        case .script: Self.usual(soc)
        case .extlinux: try Self.extlinux(soc)
        }
      case .xen, .dom0less: Self.usual(soc)
      }
    for key in Project.LoadKey.allCases {
      guard let place = project.load[key] else { continue }
      let file = Self.file(key)
      if case .given = self[keyPath: file].setting {
        throw BuildError.fixedPlace(key.rawValue, place.span)
      }
      self[keyPath: file].address = place.address ?? Self.standIn(for: key)
      self[keyPath: file].source = place.span
      self[keyPath: file].isOpen = place.address == nil
      self[keyPath: file].isChosen = true
    }
  }

  private init(xen: Place, tree: Place, kernel: Place, initrd: Place, script: Place) {
    (self.xen, self.tree, self.kernel) = (xen, tree, kernel)
    (self.initrd, self.script) = (initrd, script)
  }

  private static func file(_ key: Project.LoadKey) -> WritableKeyPath<Self, Place> {
    switch key {
    case .xen: \.xen
    case .tree: \.tree
    case .kernel: \.kernel
    case .initrd: \.initrd
    }
  }

  /// An address above all RAM of 32 bits that has been seen, until one is found.
  private static func standIn(for key: Project.LoadKey) -> Address {
    switch key {
    case .xen: 0xF000_0000
    case .tree: 0xF100_0000
    case .kernel: 0xF200_0000
    case .initrd: 0xF300_0000
    }
  }

  /// The places that are still to be found take those of claims that have one.
  mutating func fill(by claims: [Claim]) {
    for key in Project.LoadKey.allCases {
      let file = Self.file(key)
      let found = claims.first { $0.setting == .load(key.rawValue) }
      guard self[keyPath: file].isOpen, let found else { continue }
      self[keyPath: file].address = found.range.start
      self[keyPath: file].isOpen = false
    }
  }

  /// What our own script loads.
  private static func usual(_ soc: SoC) -> Self {
    let load = soc.load
    func place(_ key: String, _ address: Address) -> Place {
      Place(address: address, source: load.spans[key], setting: .load(key))
    }
    return Self(
      xen: place("xen", load.xen), tree: place("tree", load.tree),
      kernel: place("kernel", load.kernel), initrd: place("initrd", load.initrd),
      script: script(load.script, "load: script:", load.spans["script"]))
  }

  /// What U-Boot's own boot sequence loads.
  private static func extlinux(_ soc: SoC) throws -> Self {
    guard let load = soc.ubootLoad else {
      throw BuildError.noLoadAddresses(
        soc: soc.title, section: "uboot-load", neededFor: "a boot by extlinux.conf")
    }
    func place(_ variable: String, _ address: Address) -> Place {
      Place(
        address: address, source: load.span,
        setting: .given(
          by: "U-Boot's own environment (`\(variable)`)",
          instead: "use a smaller file, or `image: { boot: { script: boot.scr } }`, which loads to "
            + "other addresses"))
    }
    return Self(
      xen: usual(soc).xen, tree: place("fdt_addr_r", load.tree),
      kernel: place("kernel_addr_r", load.kernel), initrd: place("ramdisk_addr_r", load.initrd),
      script: script(load.script, "uboot-load: script:", load.span))
  }

  /// What the uEnv.txt of the sunxi U-Boot of 2013 loads.
  private static func legacy(_ soc: SoC, takesTree: Bool) throws -> Self {
    guard let load = soc.legacyLoad, soc.scriptBin != nil else {
      throw BuildError.noLoadAddresses(
        soc: soc.title, section: soc.scriptBin == nil ? "script-bin" : "legacy-load",
        neededFor: "the flow `legacy`")
    }
    func place(_ key: String, _ address: Address) -> Place {
      Place(address: address, source: load.span, setting: .load(key))
    }
    return Self(
      xen: usual(soc).xen, tree: place("tree", load.tree),
      kernel: place("kernel", takesTree ? load.kernel : load.vendorKernel),
      initrd: place("initrd", load.initrd),
      script: script(load.environment, "legacy-load: environment:", load.span))
  }

  private static func script(_ address: Address, _ key: String, _ span: SourceSpan?) -> Place {
    Place(
      address: address, source: span,
      setting: .given(
        by: "U-Boot's own environment (`scriptaddr`)",
        instead: "correct `\(key)` in the SoC's file if it says otherwise, else use another "
          + "bootloader"))
  }
}

extension Project {
  /// A word on each address that the project gives to something that its flow does not load.
  ///
  /// - Parameter takesTree: whether the flow hands the kernel a tree.
  func warnings(takesTree: Bool) -> [Diagnostic] {
    LoadKey.allCases.compactMap { key in
      let isLoaded =
        switch key {
        case .xen: flow.hasXen
        case .tree: takesTree
        case .kernel, .initrd: flow != .dom0less
        }
      guard let place = load[key], !isLoaded else { return nil }
      return Diagnostic(
        .warning,
        "`load: \(key.rawValue):` has no effect: the flow `\(flow.rawValue)` loads none here",
        at: place.span, help: "take it out")
    }
  }
}
