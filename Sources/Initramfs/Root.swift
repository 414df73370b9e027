/// Where a root file system lies, and what finding it takes.
public enum Root: Sendable, Hashable {
  /// A partition of a disk, by the id that the partition table gives it.
  case partition(id: String, FileSystem)
  /// A folder of an NFS server. `options` are the mount's, such as `vers=4.1`.
  case nfs(server: String, path: String, options: [String])

  /// What must be loaded for it, besides the drivers of disks or of the network.
  public var drivers: [String] {
    switch self {
    case .partition(_, let fileSystem): fileSystem.drivers
    // Which version is mounted, `nfsroot=` says when the board boots.
    case .nfs: ["nfsv3", "nfsv4", "af_packet"]
    }
  }

  /// What is loaded where it is there.
  public var helpers: [String] {
    switch self {
    case .partition(_, let fileSystem): fileSystem.helpers
    case .nfs: []
    }
  }

  /// The words for the kernel's command line.
  ///
  /// Source: Linux `Documentation/admin-guide/kernel-parameters.txt` and `admin-guide/nfs/nfsroot.rst`.
  public var arguments: [String] {
    switch self {
    case .partition(let id, let fileSystem):
      ["root=PARTUUID=\(id)", "rootfstype=\(fileSystem.rawValue)", "rootwait"]
    case .nfs(let server, let path, let options):
      [
        "root=/dev/nfs", "nfsroot=" + (["\(server):\(path)"] + options).joined(separator: ","),
        "ip=dhcp",
      ]
    }
  }
}
