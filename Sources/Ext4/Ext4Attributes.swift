/// What is known of a file besides its name and content.
public struct Ext4Attributes: Sendable, Hashable {
  /// The lower twelve bits of the mode: permissions, set-user-id, set-group-id, sticky.
  public var permissions: UInt16
  public var owner: UInt32
  public var group: UInt32
  public var times: Ext4Times
  public var extended: [Ext4ExtendedAttribute]

  public init(
    permissions: UInt16, owner: UInt32 = 0, group: UInt32 = 0, times: Ext4Times,
    extended: [Ext4ExtendedAttribute] = []
  ) {
    self.permissions = permissions
    self.owner = owner
    self.group = group
    self.times = times
    self.extended = extended
  }
}

/// A named value of a file, as `getxattr` has it.
public struct Ext4ExtendedAttribute: Sendable, Hashable {
  /// With its namespace: `user.note`, `security.capability`, `system.posix_acl_access`.
  public var name: [UInt8]
  public var value: [UInt8]

  public init(name: [UInt8], value: [UInt8]) {
    self.name = name
    self.value = value
  }

  public init(_ name: String, _ value: [UInt8]) {
    self.init(name: Array(name.utf8), value: value)
  }
}

/// What a name stands for, other than a regular file or a further name of one.
public enum Ext4Special: Sendable, Hashable {
  case folder
  /// The path it leads to, at most 4095 bytes.
  case symbolicLink([UInt8])
  case characterDevice(major: UInt32, minor: UInt32)
  case blockDevice(major: UInt32, minor: UInt32)
  case fifo
  case socket

  var type: UInt16 {
    switch self {
    case .folder: InodeType.folder
    case .symbolicLink: InodeType.symbolicLink
    case .characterDevice: InodeType.characterDevice
    case .blockDevice: InodeType.blockDevice
    case .fifo: InodeType.fifo
    case .socket: InodeType.socket
    }
  }
}
