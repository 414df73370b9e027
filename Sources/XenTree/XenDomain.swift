public import Measures

/// A guest that Xen starts by itself, before any toolstack runs.
public struct XenDomain: Sendable, Hashable {
  /// Its node's name under `/chosen`, and what Xen calls it: `domU1`.
  public var name: String
  /// A whole number of KiB.
  public var memory: ByteCount
  public var processors: UInt32
  /// Its kernel; a RAM disk and a partial tree of devices where it has them.
  public var modules: [XenModule]
  /// Its kernel's command line; none where it is empty.
  public var arguments: String
  /// An emulated PL011, whose output Xen shows on its own console.
  public var hasConsole: Bool
  /// Which of Xen's interfaces it sees; none where it is nil.
  public var interfaces: Interfaces?
  /// Whether it sees its memory where the memory lies.
  public var isDirectMapped: Bool
  /// The very memory that it gets; Xen chooses where it is empty.
  public var staticMemory: [AddressRange]
  public var sharedMemory: [SharedMemory]
  public var capabilities: Capabilities
  /// The name of the pool of processors that it runs on; the first one where it is nil.
  public var pool: String?

  public init(
    name: String, memory: ByteCount, processors: UInt32 = 1, modules: [XenModule],
    arguments: String = "", hasConsole: Bool = false, interfaces: Interfaces? = nil,
    isDirectMapped: Bool = false, staticMemory: [AddressRange] = [],
    sharedMemory: [SharedMemory] = [], capabilities: Capabilities = [], pool: String? = nil
  ) {
    self.name = name
    self.memory = memory
    self.processors = processors
    self.modules = modules
    self.arguments = arguments
    self.hasConsole = hasConsole
    self.interfaces = interfaces
    self.isDirectMapped = isDirectMapped
    self.staticMemory = staticMemory
    self.sharedMemory = sharedMemory
    self.capabilities = capabilities
    self.pool = pool
  }

  /// The words of `xen,enhanced`.
  public enum Interfaces: String, Sendable, Hashable, CaseIterable {
    /// Grant tables, event channels and xenstore.
    case enabled
    /// The same, with the xenstore page where older Linux looks for it.
    case legacy
    case noXenstore = "no-xenstore"
    case disabled
  }

  /// What a dom0 may and other guests may not.
  public struct Capabilities: OptionSet, Sendable, Hashable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let control = Capabilities(rawValue: 1)
    /// Only one domain can have it.
    public static let hardware = Capabilities(rawValue: 2)
    /// Only one domain can have it.
    public static let xenstore = Capabilities(rawValue: 4)
  }

  /// Memory that several guests see.
  public struct SharedMemory: Sendable, Hashable {
    public enum Role: String, Sendable, Hashable, CaseIterable { case owner, borrower }

    /// 1 to 15 bytes, the same in each guest.
    public let id: String
    /// Xen itself owns what no guest does.
    public let role: Role?
    public let host: Address
    /// Where the guest sees it.
    public let guest: Address
    public let size: ByteCount

    public init(id: String, role: Role? = nil, host: Address, guest: Address, size: ByteCount) {
      self.id = id
      self.role = role
      self.host = host
      self.guest = guest
      self.size = size
    }
  }
}
