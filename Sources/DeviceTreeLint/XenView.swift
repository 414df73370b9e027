import BootImages
public import DeviceTree
public import Measures

/// What Xen reads out of a tree as it starts, by the rules of its version.
public struct XenView: Sendable, Hashable {
  /// A file in memory that the tree tells of.
  public struct Module: Sendable, Hashable {
    /// What Xen takes it for, by its name in words.
    public enum Kind: String, Sendable, Hashable {
      case kernel, ramdisk
      case tree = "device tree"
      case policy = "XSM policy"
      case unknown
    }

    public let kind: Kind
    /// Xen went by the order of the nodes.
    public let isGuessed: Bool
    /// The node of the guest that it is for; nil for dom0.
    public let domain: String?
    /// Nil where `reg` is absent, short, or runs past the last address.
    public let range: AddressRange?
  }

  public let modules: [Module]
  /// Xen's own command line; nil for none.
  public let xenArguments: String?
  public let dom0Arguments: String?
  /// `dom0_mem` of Xen's command line; nil where it is not given, or no size.
  public let dom0Memory: ByteCount?

  public init(_ tree: FlatTree, for target: LintTarget) {
    let context = LintContext(tree, for: target)
    modules = context.modules.map { module in
      Module(
        kind: Module.Kind(module.kind), isGuessed: module.isGuessed,
        domain: module.domain.map { tree.path($0) }, range: module.range)
    }
    let lines = context.commandLines
    xenArguments = lines.xen?.text
    dom0Arguments = lines.dom0?.text
    dom0Memory = context.dom0Memory.map { ByteCount($0.bytes) }
  }
}

extension XenView.Module.Kind {
  init(_ kind: BootModule.Kind) {
    self =
      switch kind {
      case .kernel: .kernel
      case .ramdisk: .ramdisk
      case .tree: .tree
      case .policy: .policy
      case .unknown: .unknown
      }
  }
}
