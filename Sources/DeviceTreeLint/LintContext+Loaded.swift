import BootImages
import Bytes
import DeviceTree
import Measures

/// What is known of the files that will lie in memory when Xen starts.
extension LintContext {
  /// The module's file: the one that lies where the module begins.
  func file(of module: BootModule) -> LoadedFile? {
    guard let start = module.pair?.address else { return nil }
    return target.loaded.first { $0.address.rawValue == start }
  }

  /// A module of a kernel with its file, which `reg` may be too short or too long for.
  struct KernelModule {
    let module: BootModule
    let file: LoadedFile
    let kernel: KernelFile
  }

  /// The kernels whose files are known, dom0's and guests'.
  func findKernels() -> [KernelModule] {
    guard !target.loaded.isEmpty else { return [] }
    return modules.prefix(Self.modulesJudged).compactMap { module in
      guard module.kind == .kernel, let file = file(of: module) else { return nil }
      return KernelModule(module: module, file: file, kernel: KernelFile(file))
    }
  }

  /// Xen keeps 32 modules. Rules that hold each against each look at no more than these.
  static let modulesJudged = 64

  /// Xen's own image among the files.
  struct XenInMemory {
    let file: LoadedFile
    let version: XenVersion
    let is64Bit: Bool
    /// How much it needs once it runs: more than the file, which has no cleared variables in it.
    let size: ByteCount

    /// What its bytes take.
    var fileRange: AddressRange? {
      AddressRange(start: file.address, size: ByteCount(file.bytes.count))
    }
    /// What it takes when it runs.
    var range: AddressRange? { AddressRange(start: file.address, size: size) }
  }

  func findXenInMemory() -> XenInMemory? {
    for file in target.loaded {
      let bytes = file.bytes.span.bytes
      let length = ByteCount(file.bytes.count)
      switch ImageKind.recognise(bytes) {
      case .xen(let version):
        let size = (try? ZImage(parsing: bytes))?.memorySize ?? length
        return XenInMemory(file: file, version: version, is64Bit: false, size: size)
      case .arm64Xen(let version):
        // `image_size` of Linux Documentation/arch/arm64/booting.rst.
        let claimed = (try? bytes.littleEndianUInt64(at: 16)).map { ByteCount($0) }
        return XenInMemory(
          file: file, version: version, is64Bit: true, size: max(claimed ?? 0, length))
      default: continue
      }
    }
    return nil
  }

  /// Where the tree itself lies, as long as it is now.
  var treeRange: AddressRange? {
    target.treeAddress.flatMap { AddressRange(start: $0, size: ByteCount(tree.bytes.count)) }
  }

  /// The module as messages name it: `the kernel`, `the ramdisk of domU1`.
  func name(of module: BootModule) -> String {
    let what =
      switch module.kind {
      case .kernel: "the kernel"
      case .ramdisk: "the ramdisk"
      case .tree: "the partial tree"
      case .policy: "the XSM policy"
      case .unknown: "the module \(tree.name(module.node))"
      }
    return module.domain.map { "\(what) of \(tree.name($0))" } ?? what
  }
}
