import Boards
import BootImages
import DeviceTree
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
  let busybox: [UInt8]

  /// Each input is recognised by its own bytes; what it is instead is said where it is not what
  /// it should be.
  init(_ inputs: [Input], board: Board, soc: SoC) throws {
    // Every flow so far ends in Xen, and no input of whatever kind helps without.
    guard soc.processor.hyp else { throw BuildError.noHYPMode(soc: soc.title) }
    let bootloader = try Self.input(inputs, .bootloader)
    self.bootloader = bootloader
    try Self.check(bootloader: bootloader, board: board, soc: soc)

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
    busybox = try Self.input(inputs, .busybox).bytes
  }

  private static func input(_ inputs: [Input], _ role: Input.Role) throws -> Input {
    guard let input = inputs.first(where: { $0.role == role }) else {
      throw BuildError.noInput(role)
    }
    return input
  }

  /// A bootloader for the card has to be one that this SoC's boot ROM starts.
  private static func check(bootloader: Input, board: Board, soc: SoC) throws {
    let (bytes, file) = (bootloader.bytes.span.bytes, bootloader.origin.description)
    guard let spl = soc.spl else {
      _ = try InputCheck.firmware(bytes, file: file)
      return
    }
    let image = try InputCheck.bootloader(bytes, file: file)
    guard image.spl.length <= spl.limit else {
      throw BuildError.splTooLarge(file: file, length: image.spl.length, limit: spl.limit)
    }
    if let name = image.spl.treeName, let prefix = soc.identity.treePrefix, !name.hasPrefix(prefix)
    {
      throw BuildError.foreignBootloader(file: file, tree: name, soc: soc.title)
    }
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
