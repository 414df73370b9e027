public import Bytes

/// A file system that is read.
public protocol ReadableFileSystem: Sendable {
  /// As `fstype` calls it: `fat`, `ext4`.
  var kind: String { get }
  /// A file's size in bytes; nil where there is no such file, or a folder.
  func size(of path: UBootText) -> UInt64?
  /// As many bytes as are asked for, or as there are; nil where there is no such file.
  func read(_ path: UBootText, count: UInt64?, at offset: UInt64) -> [UInt8]?
  /// What is in a folder, in the order of the file system; nil where there is no such folder.
  func list(_ path: UBootText) -> [DirectoryEntry]?
}

/// A name in a folder.
public struct DirectoryEntry: Sendable, Hashable {
  public let name: UBootText
  public let isFolder: Bool
  public let size: UInt64

  public init(name: UBootText, isFolder: Bool, size: UInt64) {
    self.name = name
    self.isFolder = isFolder
    self.size = size
  }
}

/// What the board can read from: block devices by interface and number, and files of a network.
public struct Media: Sendable {
  /// By interface (`mmc`, `usb`, `virtio`, `scsi`), then by device number.
  public var devices: [String: [Int: any ByteSource]]
  /// What a TFTP server would give, by path; nil without a network.
  public var network: [String: [UInt8]]?

  public init(
    devices: [String: [Int: any ByteSource]] = [:], network: [String: [UInt8]]? = nil
  ) {
    self.devices = devices
    self.network = network
  }
}
