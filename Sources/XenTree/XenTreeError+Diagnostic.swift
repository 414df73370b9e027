public import Diagnostics
import Measures

extension XenTreeError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .versionTooOld(let version):
      return Diagnostic(
        .error,
        "there is no Xen \(version) for 32-bit ARM: \(XenTree.firstVersion) was the first",
        help: "correct `xen: version:` in the project file, or leave it out to have it read from "
          + "the image")
    case .noKernel:
      return Diagnostic(
        .error, "there is no kernel for dom0", help: "give one as `inputs: kernel:`")
    case .argumentsTooLong(let owner, let length):
      return Diagnostic(
        .error,
        "the command line of \(owner) is \(length) bytes long; Xen takes \(XenTree.longestArguments - 1)"
          + " and hangs without a word on more",
        help: "shorten `\(owner.lowercased()): arguments:` in the project file")
    case .consoleMissing(let console, nil):
      return Diagnostic(
        .error, "the board's tree has no alias `\(console)`, so Xen would find no console",
        help: "use the tree of this board, or name the console's node by its path as `xen-uart` "
          + "in a board file of your own")
    case .consoleMissing(let console, let path?):
      return Diagnostic(
        .error, "Xen's console `\(console)` is `\(path)`, which is not in the board's tree",
        help: "use the tree of this board, or correct `xen-uart` in a board file of your own")
    case .oddCells(let address, let size):
      return Diagnostic(
        .error,
        "`/chosen` of the board's tree has #address-cells \(address) and #size-cells \(size); "
          + "Xen's modules need 1 or 2 of each",
        help: "correct the tree's source")
    case .beyondCells(let module):
      return Diagnostic(
        .error,
        "a module at \(module.address) does not fit into the 32-bit cells of the tree's `/chosen`",
        help: "load it below 4 GiB")
    case .tooOldFor(let feature, let version):
      return Diagnostic(
        .error, "Xen \(version) does not know \(feature.words): \(feature.since) was the first",
        help: "boot a newer Xen, or leave it out")
    case .tooManyModules(let count, let limit):
      return Diagnostic(
        .error, "there are \(count) modules; this Xen keeps \(limit) and ignores the rest",
        help: "start fewer guests, or put RAM disks into the kernels")
    case .twoModules(let kind, let owner):
      return Diagnostic(
        .error, "\(owner) has two modules of the kind \(kind.rawValue)", help: "give it one")
    case .sameAddress(let address, let owner):
      return Diagnostic(
        .error, "\(owner) has two modules at \(address)",
        help: "load them to different addresses")
    case .misplacedModule(let kind, let owner):
      return Diagnostic(
        .error, "\(owner) cannot have a module of the kind \(kind.rawValue)",
        help: "a policy is Xen's, a partial tree of devices a guest's")
    case .domain(let name, let fault):
      let words = fault.words(name)
      return Self.refusal("the guest `\(name)` \(words.message)", words.help)
    case .beyondRAM(let wanted, let ram):
      return Self.refusal(
        "the guests are to have \(wanted) of memory, and the board's tree tells of \(ram) of RAM",
        "give them less: Xen, its heap and the loaded files need room as well"
      )
    case .nameTaken(let name):
      return Self.refusal(
        "`/chosen` would have two nodes of the name `\(name)`",
        "give each guest and each pool a name of its own, whatever the case of its letters"
      )
    case .unknownDomain(let name):
      return Self.refusal(
        "an event channel ends in `\(name)`, which is no domain of this boot",
        "name one of the guests, or dom0 where there is one"
      )
    case .badPort(let port, let domain):
      return Self.refusal(
        "an event channel is to have port \(port) in \(domain)",
        "use \(EventChannel.ports.lowerBound) to \(EventChannel.ports.upperBound)"
      )
    case .portTaken(let port, let domain):
      return Self.refusal(
        "two event channels have port \(port) in \(domain)", "give each a port of its own"
      )
    case .sharedMemoryDiffers(let id):
      return Self.refusal(
        "the shared memory `\(id)` is not one region with one id",
        "give each guest the same host address and size for it, and each region one id"
      )
    case .sharedMemoryOwnedTwice(let id):
      return Self.refusal("the shared memory `\(id)` has two owners", "make one of them a borrower")
    case .sharedMemoryWithoutOwner(let id):
      return Self.refusal(
        "the shared memory `\(id)` is borrowed from nobody",
        "make one of the guests its owner, or give it no roles: then Xen owns it"
      )
    case .poolName(let name, let fault):
      let words = XenDomainFault.words(fault, "pool", name)
      return Self.refusal("the pool `\(name)` \(words.message)", words.help)
    case .emptyPool(let name):
      return Self.refusal("the pool `\(name)` has no processors", "name the nodes of some")
    case .noProcessor(let path, let pool):
      return Self.refusal(
        "the pool `\(pool)` has the processor `\(path)`, which is not in the board's tree",
        "name its node by its whole path: /cpus/cpu@0"
      )
    case .processorTwice(let path, let pool):
      return Self.refusal(
        "the pool `\(pool)` has the processor `\(path)`, which is in a pool already",
        "leave each processor to one pool"
      )
    }
  }

  private static func refusal(_ message: String, _ help: String) -> Diagnostic {
    Diagnostic(.error, message, help: help)
  }
}
