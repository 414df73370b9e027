public import Boards
public import BootImages
public import Diagnostics
public import Measures

/// For what a tree is judged: the machine and the Xen that will boot with it, and what a build knows
/// beyond the tree. All of it may be unknown.
public struct LintTarget: Sendable {
  /// The chip; rules of one SoC speak only for it.
  public var soc: SoC?
  public var board: Board?
  /// The version of Xen that boots; nil where nobody said. Rules that judge a boot by Xen then speak
  /// only where the tree itself mentions Xen, and take it for `newest`.
  public var xen: XenVersion?
  /// Files that will lie in memory when Xen starts.
  public var loaded: [LoadedFile]
  /// What the boot script sets in U-Boot's environment, as far as somebody knows it.
  public var environment: [String: String]
  /// Where Xen finds the tree.
  public var treeAddress: Address?

  public init(
    soc: SoC? = nil, board: Board? = nil, xen: XenVersion? = nil, loaded: [LoadedFile] = [],
    environment: [String: String] = [:], treeAddress: Address? = nil
  ) {
    self.soc = soc
    self.board = board
    self.xen = xen
    self.loaded = loaded
    self.environment = environment
    self.treeAddress = treeAddress
  }

  /// The newest release whose sources the rules were written by.
  public static let newest = XenVersion(major: 4, minor: 22)

  /// What to say of a version that nobody had seen when the rules were written; nil of all others.
  public static func remark(_ xen: XenVersion) -> Diagnostic? {
    guard xen > newest else { return nil }
    return Diagnostic(
      .warning, "Xen \(xen) is newer than this program, which judges as for Xen \(newest)",
      help: "look into Xen's own notes for what has changed since, or at the number again")
  }
}

/// A file that a boot script loads.
public struct LoadedFile: Sendable {
  /// As the user knows it.
  public let name: String
  public let address: Address
  public let bytes: [UInt8]

  public init(name: String, address: Address, bytes: [UInt8]) {
    self.name = name
    self.address = address
    self.bytes = bytes
  }
}
