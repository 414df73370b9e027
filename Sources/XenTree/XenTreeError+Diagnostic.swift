public import Diagnostics
import Measures

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
    case .tooOldFor(let feature, let version):
      Diagnostic(
        .error, "Xen \(version) does not know \(feature.words): \(feature.since) was the first",
        help: "boot a newer Xen, or leave it out")
    case .tooManyModules(let count, let limit):
      Diagnostic(
        .error, "there are \(count) modules; this Xen keeps \(limit) and ignores the rest",
        help: "start fewer guests, or put RAM disks into the kernels")
    case .twoModules(let kind, let owner):
      Diagnostic(
        .error, "\(owner) has two modules of the kind \(kind.rawValue)", help: "give it one")
    case .sameAddress(let address, let owner):
      Diagnostic(
        .error, "\(owner) has two modules at \(address)",
        help: "load them to different addresses")
    case .misplacedModule(let kind, let owner):
      Diagnostic(
        .error, "\(owner) cannot have a module of the kind \(kind.rawValue)",
        help: "a policy is Xen's, a partial tree of devices a guest's")
    default:
      guestDiagnostic
    }
  }
}
