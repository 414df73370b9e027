public import Measures

/// Why Xen would not start a guest.
public enum XenDomainFault: Sendable, Hashable {
  case name(NodeName.Fault)
  case noMemory
  /// Not a whole number of KiB, in which Xen counts.
  case oddMemory(ByteCount)
  /// Its kernel and RAM disk alone fill its memory.
  case memoryTooSmall(ByteCount, files: ByteCount)
  case noProcessors
  case noKernel
  /// A command line of so many bytes.
  case argumentsTooLong(Int)
  case directMapWithoutStaticMemory
  /// The ranges have one sum, and the guest's memory is another.
  case staticMemorySum(ByteCount, memory: ByteCount)
  /// A range of static memory that is no whole pages.
  case notPages(AddressRange)
  /// A range above 4 GiB where `/chosen` has cells of 32 bits.
  case beyondCells(AddressRange)
  case badSharedID(String)
  case sharedNotPages(String)
  /// A guest that is mapped directly sees shared memory somewhere else than it lies.
  case sharedNotDirect(String)
  case unknownPool(String)
  /// A second domain of a kind that there can be only one of.
  case second(String)
  /// It is to see xenstore, and no domain has it.
  case noXenstore
}

extension XenDomainFault {
  /// What is wrong, behind the guest's name, and what to do.
  func words(_ name: String) -> (message: String, help: String) {
    switch self {
    case .name(let fault): Self.words(fault, "guest", name)
    case .noMemory: ("has no memory", "say how much it gets")
    case .oddMemory(let memory):
      (
        "has \(memory.rawValue) bytes of memory; Xen counts in KiB",
        "use a multiple of 1 KiB, and write its unit: 64MiB"
      )
    case .memoryTooSmall(let memory, let files):
      (
        "has \(memory) of memory, and its kernel and RAM disk have \(files)",
        "give it several times as much: Xen copies them into its memory, and the kernel unpacks"
          + " them there"
      )
    case .noProcessors: ("has no processors", "give it at least one")
    case .noKernel: ("has no kernel", "give it one")
    case .argumentsTooLong(let length):
      (
        "has a command line of \(length) bytes; Xen takes \(XenTree.longestArguments - 1) and hangs"
          + " without a word on more", "shorten its arguments"
      )
    case .directMapWithoutStaticMemory:
      (
        "is to be mapped directly, but Xen chooses its memory",
        "give it static memory, or let Xen map it as it likes"
      )
    case .staticMemorySum(let sum, let memory):
      (
        "has \(sum) of static memory, but is to have \(memory)",
        "let its ranges add up to its memory: Xen adds nothing to them"
      )
    case .notPages(let range):
      ("has the static memory \(range), which is no whole pages", "use multiples of 4 KiB")
    case .beyondCells(let range):
      (
        "has the static memory \(range), which does not fit into the 32-bit cells of the tree's"
          + " `/chosen`", "use memory below 4 GiB"
      )
    case .badSharedID(let id):
      ("shares memory by the id `\(id)`", "use an id of 1 to 15 bytes")
    case .sharedNotPages(let id):
      (
        "shares `\(id)`, which is no whole pages on both sides",
        "use multiples of 4 KiB for both addresses and for the size"
      )
    case .sharedNotDirect(let id):
      (
        "is mapped directly, but is to see `\(id)` somewhere else than it lies",
        "give it one address for both"
      )
    case .unknownPool(let pool):
      ("is to run in the pool `\(pool)`, which does not exist", "name one of the pools")
    case .second(let kind):
      (
        "is a second \(kind) domain, and Xen takes one",
        "leave the capability to one domain; a dom0 has them all"
      )
    case .noXenstore:
      (
        "is to see xenstore, and no domain has it",
        "add a dom0, or give it the interfaces without xenstore"
      )
    }
  }

  static func words(
    _ fault: NodeName.Fault, _ what: String, _ name: String
  ) -> (message: String, help: String) {
    switch fault {
    case .malformed:
      (
        "has a name that no node can have",
        "begin with a letter, and use letters, digits and , . _ + - only"
      )
    case .tooLong(let limit):
      ("has a name of \(name.utf8.count) bytes", "use no more than \(limit)")
    case .reserved: ("has a name that Xen reads otherwise", "call the \(what) something else")
    }
  }
}
