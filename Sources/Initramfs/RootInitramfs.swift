public import CPIO
public import KernelModules

/// The first root file system of a Linux that has another one to go to: it loads modules, waits for the
/// root, mounts it and hands over.
///
/// ```
/// /init                      the script of Templates/root-init.sh
/// /bin/busybox               all commands
/// /etc/ctboot/modules        need jbd2        one line a module, in the order of loading;
///                            try crc32_arm_ce  what is only tried may fail
/// /etc/ctboot/filesystems    ext4             what a root is mounted as, unless rootfstype= says it
/// /etc/ctboot/dhcp.sh        the script of Templates/dhcp.sh
/// /lib/modules/ext4.ko       each module by the kernel's name for it
/// ```
///
/// Which root it is, the kernel's command line says: `Root` has the words for it.
public struct RootInitramfs: Sendable {
  /// A statically linked busybox for the board's architecture.
  public var busybox: [UInt8]
  /// Templates/root-init.sh and Templates/dhcp.sh, which hold no values.
  public var initScript: String
  public var dhcpScript: String
  /// The modules in the order of loading, unpacked.
  public var modules: [Module]
  /// The file systems that the modules can mount, the first one first tried.
  public var fileSystems: [FileSystem]

  /// A module and whether the root cannot do without it.
  public struct Module: Sendable, Hashable {
    public let name: ModuleName
    public let isNeeded: Bool
    public let bytes: [UInt8]

    public init(_ load: ModuleLoad, bytes: [UInt8]) {
      name = load.name
      isNeeded = load.isNeeded
      self.bytes = bytes
    }
  }

  public init(
    busybox: [UInt8], initScript: String, dhcpScript: String, modules: [Module],
    fileSystems: [FileSystem]
  ) {
    self.busybox = busybox
    self.initScript = initScript
    self.dhcpScript = dhcpScript
    self.modules = modules
    self.fileSystems = fileSystems
  }

  /// The archive in the kernel's `newc` format, uncompressed.
  ///
  /// - Parameter modified: the time stamp of every member, in seconds since 1970.
  public func archive(modified: UInt32) throws(CPIOError) -> [UInt8] {
    let folders = [
      "bin", "dev", "etc", "etc/ctboot", "lib", "lib/modules", "mnt", "proc", "root", "run", "sys",
      "tmp",
    ]
    let entries =
      BusyboxEntries.entries(folders: folders, busybox: busybox, initScript: initScript) + [
        .file("etc/ctboot/modules", data: Array(moduleList.utf8)),
        .file("etc/ctboot/filesystems", data: Array(fileSystemList.utf8)),
        .file("etc/ctboot/dhcp.sh", permissions: 0o755, data: Array(dhcpScript.utf8)),
      ] + modules.map { .file("lib/modules/\($0.name).ko", data: $0.bytes) }
    return try BusyboxEntries.archive(entries, modified: modified)
  }

  /// The names are of letters, digits and `_`: a shell reads them as they are.
  private var moduleList: String {
    modules.map { "\($0.isNeeded ? "need" : "try") \($0.name)\n" }.joined()
  }

  private var fileSystemList: String {
    fileSystems.map { $0.rawValue + "\n" }.joined()
  }
}
