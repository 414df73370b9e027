public import BootImages
import DeviceTree
import Measures

/// What Xen is told by the tree: the modules that lie in memory, the command lines, and the guests
/// that it starts by itself.
public struct XenTree: Sendable, Hashable {
  public var version: XenVersion
  /// Xen's own command line.
  public var xenArguments: String
  public var dom0Arguments: String
  /// Xen's console: an alias such as `serial0`, or a path.
  public var console: String
  /// dom0's, and the policy. Where there are guests, dom0 may be left out: it is there if it has a
  /// kernel.
  public var modules: [XenModule]
  public var domains: [XenDomain]
  public var eventChannels: [EventChannel]
  public var pools: [ProcessorPool]

  public init(
    version: XenVersion, xenArguments: String, dom0Arguments: String = "", console: String,
    modules: [XenModule], domains: [XenDomain] = [], eventChannels: [EventChannel] = [],
    pools: [ProcessorPool] = []
  ) {
    self.version = version
    self.xenArguments = xenArguments
    self.dom0Arguments = dom0Arguments
    self.console = console
    self.modules = modules
    self.domains = domains
    self.eventChannels = eventChannels
    self.pools = pools
  }

  /// Whether there is a dom0.
  public var hasDom0: Bool { modules.contains { $0.kind == .kernel } }

  /// The property of `/chosen` that holds Xen's command line.
  public var argumentsProperty: String { XenDialect(version: version).argumentsProperty }

  /// And dom0's; nil where there is no dom0.
  public var dom0ArgumentsProperty: String? {
    hasDom0 ? XenDialect.dom0ArgumentsProperty : nil
  }

  /// The first release that boots by such a tree on 32-bit ARM.
  static let firstVersion = XenVersion.firstOnARM

  /// Bytes that Xen keeps of a command line, its NUL among them (`BOOTMOD_MAX_CMDLINE`,
  /// `xen/include/asm-arm/setup.h`); a longer one stops Xen before its console is up.
  static let longestArguments = 1024

  /// How many modules Xen keeps, itself and the tree not counted (`MAX_MODULES`; it prints that it
  /// ignores the rest before its console is up).
  var mostModules: Int {
    if version < XenVersion(major: 4, minor: 5) { return 2 }
    return version < XenVersion(major: 4, minor: 12) ? 3 : 30
  }
}
