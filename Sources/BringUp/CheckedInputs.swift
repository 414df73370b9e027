import Boards
import BootImages
import DeviceTree
import Diagnostics
import Measures
import TreeEditing
import Workspace

/// The inputs, each known to be what its role says.
struct CheckedInputs {
  /// One kernel with what goes along with it.
  struct Kernel {
    let input: Input
    /// What it takes where it is loaded.
    let memory: ByteCount
    /// The header, where it is wrapped for `bootm`.
    let wrapped: LegacyImage?
  }

  /// The hypervisor.
  struct Hypervisor {
    let input: Input
    let image: XenImage
  }

  /// The board's tree.
  struct Tree {
    let input: Input
    let tree: DeviceTree
  }

  let bootloader: Input
  /// Nil in flows without Xen.
  let xen: Hypervisor?
  let kernel: Kernel
  /// The board's, with the project's overlays.
  let tree: Tree
  let busybox: [UInt8]
  let scriptBin: Input?
  let config: KernelConfiguration?
  /// The second set; nil where the project has none. What it does not name is the first's.
  let fallback: (xen: Hypervisor?, kernel: Kernel, tree: Tree)?
  /// What may be meant so, but is more likely not.
  let warnings: [Diagnostic]

  /// Each input is recognised by its own bytes; what it is instead is said where it is not what
  /// it should be.
  init(_ inputs: [Input], flow: Project.Flow, board: Board, soc: SoC) throws {
    if flow.hasXen || flow == .kvm, !soc.processor.hyp {
      // No input of whatever kind helps without.
      throw BuildError.noHYPMode(soc: soc.title, neededBy: flow.hasXen ? "Xen" : "KVM")
    }
    let bootloader = try Self.input(inputs, .bootloader)
    self.bootloader = bootloader
    let builtFor = try Self.check(bootloader: bootloader, flow: flow, soc: soc)
    warnings = [Self.warning(bootloader: bootloader, builtFor: builtFor, board: board)]
      .compactMap { $0 }

    xen = flow.hasXen ? try Self.xen(Self.input(inputs, .xen)) : nil
    kernel = try Self.kernel(Self.input(inputs, .kernel), flow: flow)
    tree = try Self.tree(
      Self.input(inputs, .tree), soc: soc, overlays: inputs.filter { $0.role == .overlay })
    busybox = try Self.input(inputs, .busybox).bytes
    scriptBin = inputs.first { $0.role == .scriptBin }
    config = try inputs.first { $0.role == .config }.map(Self.config)
    fallback = try inputs.first { $0.role == .fallbackKernel }.map { [xen, tree] kernel in
      (
        try inputs.first { $0.role == .fallbackXen }.map(Self.xen) ?? xen,
        try Self.kernel(kernel, flow: flow),
        try inputs.first { $0.role == .fallbackTree }
          .map { try Self.tree($0, soc: soc, overlays: []) } ?? tree
      )
    }
  }

  private static func input(_ inputs: [Input], _ role: Input.Role) throws -> Input {
    guard let input = inputs.first(where: { $0.role == role }) else {
      throw BuildError.noInput(role)
    }
    return input
  }

  private static func xen(_ input: Input) throws -> Hypervisor {
    Hypervisor(
      input: input,
      image: try InputCheck.xen(input.bytes.span.bytes, file: input.origin.description))
  }

  /// The old U-Boot starts wrapped kernels only; what is not wrapped yet will be.
  private static func kernel(_ input: Input, flow: Project.Flow) throws -> Kernel {
    let (bytes, file) = (input.bytes.span.bytes, input.origin.description)
    if flow == .legacy, let image = try? LegacyImage(parsing: bytes), image.kind == .kernel {
      return Kernel(input: input, memory: ByteCount(image.payload.count), wrapped: image)
    }
    let image = try InputCheck.kernel(bytes, file: file)
    return Kernel(input: input, memory: image.memorySize, wrapped: nil)
  }

  private static func config(_ input: Input) throws -> KernelConfiguration {
    guard let config = KernelConfiguration(parsing: input.bytes) else {
      throw BuildError.brokenConfiguration(file: input.origin.description)
    }
    return config
  }

  /// A bootloader for the card has to be one that this SoC's boot ROM starts.
  ///
  /// - Returns: the name of the tree that it was built with, if it says so.
  private static func check(
    bootloader: Input, flow: Project.Flow, soc: SoC
  ) throws -> String? {
    let (bytes, file) = (bootloader.bytes.span.bytes, bootloader.origin.description)
    guard let spl = soc.spl else {
      _ = try InputCheck.firmware(bytes, file: file)
      guard flow != .legacy else { throw BuildError.neverReadsEnvironmentFile(file: file) }
      return nil
    }
    let image = try InputCheck.bootloader(bytes, file: file)
    guard image.layout.spl.length <= spl.limit else {
      throw BuildError.splTooLarge(file: file, length: image.layout.spl.length, limit: spl.limit)
    }
    guard flow != .legacy || image.knowsEnvironmentFile else {
      throw BuildError.neverReadsEnvironmentFile(file: file)
    }
    guard let name = image.layout.spl.treeName.map(Self.stem(of:)) else { return nil }
    if let prefix = soc.identity.treePrefix, !name.hasPrefix(prefix) {
      throw BuildError.foreignBootloader(file: file, tree: name, soc: soc.title)
    }
    return name
  }

  /// A sister's bootloader starts, and then sets up what this board does not have. Somebody may
  /// know that it serves, as where a board has no U-Boot of its own, so it is not refused.
  private static func warning(
    bootloader: Input, builtFor name: String?, board: Board
  ) -> Diagnostic? {
    guard case .path(let file) = bootloader.origin, case .kernel(let tree) = board.tree.origin,
      let name, name != stem(of: tree)
    else { return nil }
    return Diagnostic(
      .warning,
      "the bootloader \(file) was built for `\(name)`, but the \(board.name)'s tree is "
        + "`\(stem(of: tree))`",
      help: "use the bootloader that was built for this board, unless this one is known to serve it"
    )
  }

  /// A tree's name without its folder and its ending.
  private static func stem(of tree: String) -> String {
    let name = tree.split(separator: "/").last ?? ""
    return String(name.hasSuffix(".dtb") ? name.dropLast(4) : name)
  }

  private static func tree(_ input: Input, soc: SoC, overlays: [Input]) throws -> Tree {
    let (bytes, file) = (input.bytes.span.bytes, input.origin.description)
    _ = try InputCheck.tree(bytes, file: file)
    let parsed: DeviceTree
    do { parsed = try DeviceTree(parsing: bytes) } catch {
      throw BuildError.brokenTree(file: file, error)
    }
    let names = parsed.root.property("compatible")?.strings ?? []
    let wanted = soc.identity.treeCompatible
    guard names.contains(wanted) else {
      throw BuildError.foreignTree(
        file: file, compatible: names, wanted: wanted, soc: soc.title)
    }
    return Tree(input: input, tree: try overlaid(parsed, input, with: overlays))
  }

  /// The tree with one overlay after the other, as U-Boot's `fdt apply` would lay them.
  private static func overlaid(
    _ tree: DeviceTree, _ input: Input, with overlays: [Input]
  ) throws -> DeviceTree {
    var bytes = input.bytes
    for overlay in overlays {
      let file = overlay.origin.description
      _ = try InputCheck.tree(overlay.bytes.span.bytes, file: file)
      guard FlatTree.scanning(overlay.bytes).tree?.isOverlay == true else {
        throw BuildError.noOverlay(file: file)
      }
      do throws(TreeEditError) {
        bytes = try EditableTree.merged(overlay.bytes, onto: bytes)
      } catch {
        throw BuildError.overlay(file: file, error)
      }
    }
    return overlays.isEmpty ? tree : try DeviceTree(parsing: bytes.span.bytes)
  }
}
