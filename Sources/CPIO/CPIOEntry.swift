/// A file, folder, link or device of an archive. Made by the functions below, so that what does
/// not go together cannot be said.
public struct CPIOEntry: Sendable, Hashable {
  /// What the entry is: the upper bits of its mode.
  public enum Kind: UInt32, Sendable, Hashable {
    case characterDevice = 0o020000
    case folder = 0o040000
    case file = 0o100000
    case symlink = 0o120000
  }

  public let kind: Kind
  /// From the archive's root, without a leading slash.
  public let path: String
  /// The lower twelve bits of the mode.
  public let permissions: UInt32
  /// Content of a file, target of a link.
  public let data: [UInt8]
  /// The device that a device node stands for.
  public let device: Device
  public var uid: UInt32 = 0
  public var gid: UInt32 = 0
  /// Seconds since 1970 (UTC).
  public var modified: UInt32 = 0

  /// The numbers by which the kernel knows a device.
  public struct Device: Sendable, Hashable {
    public let major: UInt32
    public let minor: UInt32

    public init(major: UInt32, minor: UInt32) {
      self.major = major
      self.minor = minor
    }

    static let none = Device(major: 0, minor: 0)
  }

  private init(
    _ kind: Kind, _ path: String, _ permissions: UInt32, data: [UInt8] = [],
    device: Device = .none
  ) {
    self.kind = kind
    self.path = path
    self.permissions = permissions
    self.data = data
    self.device = device
  }

  public static func folder(_ path: String, permissions: UInt32 = 0o755) -> CPIOEntry {
    CPIOEntry(.folder, path, permissions)
  }

  public static func file(
    _ path: String, permissions: UInt32 = 0o644, data: [UInt8]
  ) -> CPIOEntry {
    CPIOEntry(.file, path, permissions, data: data)
  }

  public static func symlink(_ path: String, to target: String) -> CPIOEntry {
    CPIOEntry(.symlink, path, 0o777, data: Array(target.utf8))
  }

  public static func characterDevice(
    _ path: String, permissions: UInt32 = 0o600, major: UInt32, minor: UInt32
  ) -> CPIOEntry {
    CPIOEntry(
      .characterDevice, path, permissions, device: Device(major: major, minor: minor))
  }
}
