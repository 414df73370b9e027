import Diagnostics

extension XenTreeError {
  /// What is wrong with guests and with what they have in common.
  var guestDiagnostic: Diagnostic {
    let words = guestWords
    return Diagnostic(.error, words.message, help: words.help)
  }

  private var guestWords: (message: String, help: String) {
    switch self {
    case .domain(let name, let fault):
      let words = fault.words(name)
      return ("the guest `\(name)` \(words.message)", words.help)
    case .nameTaken(let name):
      return (
        "`/chosen` would have two nodes of the name `\(name)`",
        "give each guest and each pool a name of its own, whatever the case of its letters"
      )
    case .unknownDomain(let name):
      return (
        "an event channel ends in `\(name)`, which is no domain of this boot",
        "name one of the guests, or dom0 where there is one"
      )
    case .badPort(let port, let domain):
      return (
        "an event channel is to have port \(port) in \(domain)",
        "use \(EventChannel.ports.lowerBound) to \(EventChannel.ports.upperBound)"
      )
    case .portTaken(let port, let domain):
      return (
        "two event channels have port \(port) in \(domain)", "give each a port of its own"
      )
    case .sharedMemoryDiffers(let id):
      return (
        "the shared memory `\(id)` is not one region with one id",
        "give each guest the same host address and size for it, and each region one id"
      )
    case .sharedMemoryOwnedTwice(let id):
      return ("the shared memory `\(id)` has two owners", "make one of them a borrower")
    case .sharedMemoryWithoutOwner(let id):
      return (
        "the shared memory `\(id)` is borrowed from nobody",
        "make one of the guests its owner, or give it no roles: then Xen owns it"
      )
    case .poolName(let name, let fault):
      let words = XenDomainFault.words(fault, "pool", name)
      return ("the pool `\(name)` \(words.message)", words.help)
    case .emptyPool(let name):
      return ("the pool `\(name)` has no processors", "name the nodes of some")
    case .noProcessor(let path, let pool):
      return (
        "the pool `\(pool)` has the processor `\(path)`, which is not in the board's tree",
        "name its node by its whole path: /cpus/cpu@0"
      )
    case .processorTwice(let path, let pool):
      return (
        "the pool `\(pool)` has the processor `\(path)`, which is in a pool already",
        "leave each processor to one pool"
      )
    default:
      return ("the tree cannot be composed", "report this")
    }
  }
}
