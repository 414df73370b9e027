import Boards
import BootImages
import DeviceTree
import Diagnostics
import Measures

/// The inputs, each known to be what its role says.
struct CheckedInputs {
  let bootloader: Input
  let xen: XenImage
  let xenInput: Input
  let kernel: Input
  /// What the kernel takes where it is loaded.
  let kernelMemory: ByteCount
  let tree: DeviceTree
  let treeSize: ByteCount
  let busybox: [UInt8]
  /// What may be meant so, but is more likely not.
  let warnings: [Diagnostic]

  /// Each input is recognised by its own bytes; what it is instead is said where it is not what
  /// it should be.
  init(_ inputs: [Input], board: Board, soc: SoC) throws {
    // Every flow so far ends in Xen, and no input of whatever kind helps without.
    guard soc.processor.hyp else { throw BuildError.noHYPMode(soc: soc.title) }
    let bootloader = try Self.input(inputs, .bootloader)
    self.bootloader = bootloader
    let builtFor = try Self.check(bootloader: bootloader, soc: soc)
    warnings = [Self.warning(bootloader: bootloader, builtFor: builtFor, board: board)]
      .compactMap { $0 }

    let xen = try Self.input(inputs, .xen)
    self.xen = try InputCheck.xen(xen.bytes.span.bytes, file: xen.origin.description)
    xenInput = xen

    let kernel = try Self.input(inputs, .kernel)
    self.kernel = kernel
    kernelMemory = try InputCheck.kernel(
      kernel.bytes.span.bytes, file: kernel.origin.description
    ).memorySize

    let tree = try Self.input(inputs, .tree)
    self.tree = try Self.check(tree: tree, board: board, soc: soc)
    treeSize = tree.size
    busybox = try Self.input(inputs, .busybox).bytes
  }

  private static func input(_ inputs: [Input], _ role: Input.Role) throws -> Input {
    guard let input = inputs.first(where: { $0.role == role }) else {
      throw BuildError.noInput(role)
    }
    return input
  }

  /// A bootloader for the card has to be one that this SoC's boot ROM starts.
  ///
  /// - Returns: the name of the tree that it was built with, if it says so.
  private static func check(bootloader: Input, soc: SoC) throws -> String? {
    let (bytes, file) = (bootloader.bytes.span.bytes, bootloader.origin.description)
    guard let spl = soc.spl else {
      _ = try InputCheck.firmware(bytes, file: file)
      return nil
    }
    let image = try InputCheck.bootloader(bytes, file: file)
    guard image.spl.length <= spl.limit else {
      throw BuildError.splTooLarge(file: file, length: image.spl.length, limit: spl.limit)
    }
    guard let name = image.spl.treeName.map(Self.stem(of:)) else { return nil }
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

  private static func check(tree: Input, board: Board, soc: SoC) throws -> DeviceTree {
    let (bytes, file) = (tree.bytes.span.bytes, tree.origin.description)
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
    return parsed
  }
}
