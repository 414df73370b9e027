public import BootImages
public import Measures

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

  /// What is to be told is younger than the Xen that is to read it.
  case tooOldFor(XenFeature, XenVersion)
  case tooManyModules(Int, limit: Int)
  case twoModules(XenModule.Kind, owner: String)
  /// Two modules of one owner.
  case sameAddress(Address, owner: String)
  /// A module of a kind that its owner has no use for.
  case misplacedModule(XenModule.Kind, owner: String)

  /// A guest by itself.
  case domain(String, XenDomainFault)
  /// The guests together are to have all of the machine's RAM, or more.
  case beyondRAM(ByteCount, ram: ByteCount)
  /// Two nodes under `/chosen` would have the name.
  case nameTaken(String)
  /// An event channel's end belongs to nobody.
  case unknownDomain(String)
  case badPort(UInt32, domain: String)
  case portTaken(UInt32, domain: String)
  /// The id stands for two regions, or the region has two ids.
  case sharedMemoryDiffers(String)
  case sharedMemoryOwnedTwice(String)
  case sharedMemoryWithoutOwner(String)

  case poolName(String, NodeName.Fault)
  case emptyPool(String)
  case noProcessor(String, pool: String)
  case processorTwice(String, pool: String)
}
