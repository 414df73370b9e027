public import Diagnostics

extension Project {
  /// What the kernel takes for its root file system.
  public enum Root: Sendable, Hashable {
    /// A shell in the initial RAM disk.
    case busybox
    /// An ext4 partition of the card.
    case volume(RootContent)

    /// Nil where the root is no partition.
    public var volume: RootContent? {
      if case .volume(let content) = self { content } else { nil }
    }
  }

  /// What a root partition is filled with: layers, then single files, each over what came before.
  public struct RootContent: Sendable, Hashable {
    /// Archives (tar, cpio, .deb) and folders, as the project file names them.
    public var layers: [String] = []
    /// Who owns what the folders hold; nil for root.
    public var owners: String?
    public var files: [RootFile] = []
    /// Whether devices may lie outside of `/dev`.
    public var allowsDevices = false
    /// Where `root:` stands.
    public var span: SourceSpan

    public init(span: SourceSpan) { self.span = span }
  }

  /// One file of the user's, put into the root.
  public struct RootFile: Sendable, Hashable {
    /// From the root on, beginning with a slash.
    public let path: String
    /// As the project file names it.
    public let file: String
    /// Nil for the file's own permissions.
    public var mode: UInt16?
    public var owner: UInt32 = 0
    public var group: UInt32 = 0

    public init(path: String, file: String) {
      self.path = path
      self.file = file
    }
  }
}
