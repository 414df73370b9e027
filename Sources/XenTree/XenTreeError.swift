public import BootImages
public import Diagnostics

/// A tree that Xen would not boot from.
public enum XenTreeError: Error, Sendable, Hashable {
  /// Before `XenTree.firstVersion`.
  case versionTooOld(XenVersion)
  case noKernel
  /// A command line of `length` bytes.
  case argumentsTooLong(owner: String, length: Int)
  /// Xen's console is an alias that is not there (path nil), or a path without a node.
  case consoleMissing(String, path: String?)
  /// `/chosen` of the board's tree has cells that no address fits in.
  case oddCells(address: Int, size: Int)
  /// The module lies above 4 GiB, but `/chosen` has cells of 32 bits.
  case beyondCells(XenModule)
}

extension XenTreeError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .versionTooOld(let version):
      Diagnostic(
        .error,
        "there is no Xen \(version) for 32-bit ARM: \(XenTree.firstVersion) was the first",
        help: "correct `xen: version:` in the project file, or leave it out to have it read from "
          + "the image")
    case .noKernel:
      Diagnostic(.error, "there is no kernel for dom0", help: "give one as `inputs: kernel:`")
    case .argumentsTooLong(let owner, let length):
      Diagnostic(
        .error,
        "the command line of \(owner) is \(length) bytes long; Xen takes \(XenTree.longestArguments - 1)"
          + " and hangs without a word on more",
        help: "shorten `\(owner.lowercased()): arguments:` in the project file")
    case .consoleMissing(let console, nil):
      Diagnostic(
        .error, "the board's tree has no alias `\(console)`, so Xen would find no console",
        help: "use the tree of this board, or name the console's node by its path as `xen-uart` "
          + "in a board file of your own")
    case .consoleMissing(let console, let path?):
      Diagnostic(
        .error, "Xen's console `\(console)` is `\(path)`, which is not in the board's tree",
        help: "use the tree of this board, or correct `xen-uart` in a board file of your own")
    case .oddCells(let address, let size):
      Diagnostic(
        .error,
        "`/chosen` of the board's tree has #address-cells \(address) and #size-cells \(size); "
          + "Xen's modules need 1 or 2 of each",
        help: "correct the tree's source")
    case .beyondCells(let module):
      Diagnostic(
        .error,
        "a module at \(module.address) does not fit into the 32-bit cells of the tree's `/chosen`",
        help: "load it below 4 GiB")
    }
  }
}
