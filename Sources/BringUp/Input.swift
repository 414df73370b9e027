public import Measures

/// A file that goes into the build, with where it came from.
public struct Input: Sendable {
  /// What a file is for. The names are those of `inputs:` in the project file, and `busybox` for
  /// what `root: busybox` takes.
  public enum Role: String, Sendable, Hashable, CaseIterable {
    case bootloader
    case xen
    case kernel
    case tree
    /// One of `inputs: overlays:`; there may be several.
    case overlay
    case busybox
    case scriptBin = "script-bin"
    case config
    case fallbackXen = "fallback-xen"
    case fallbackKernel = "fallback-kernel"
    case fallbackTree = "fallback-tree"

    /// The key of `inputs:` in the project file.
    var key: String { self == .overlay ? "overlays" : rawValue }

    /// What messages call such a file.
    var title: String { self == .tree ? "device tree" : rawValue }
  }

  /// A file of source text that an input was compiled from, for the manifest.
  public struct Source: Sendable, Hashable {
    /// As seen from the project file's folder, where it lies below that.
    public let path: String
    /// In lower-case hexadecimal digits.
    public let sha256: String

    init(path: String, text: [UInt8]) {
      self.path = path
      sha256 = Digest.sha256(text)
    }
  }

  /// Where a file came from, for the manifest and for messages.
  public enum Origin: Sendable, Hashable {
    /// A member of a Debian package; `sha256` is the package's.
    case package(name: String, version: String, sha256: String, member: String)
    /// A file of the user's; the path is as the project file has it.
    case path(String)
    /// The tree that QEMU makes for a machine of its own.
    case emulator(machine: String)
  }

  public let role: Role
  /// What is built from: of a source, what it was compiled to.
  public let bytes: [UInt8]
  /// In lower-case hexadecimal digits.
  public let sha256: String
  public let origin: Origin
  /// What it was compiled from, the source itself first; empty for files that are taken as they are.
  public let sources: [Source]

  public init(role: Role, bytes: [UInt8], origin: Origin, sources: [Source] = []) {
    self.role = role
    self.bytes = bytes
    self.sha256 = Digest.sha256(bytes)
    self.origin = origin
    self.sources = sources
  }

  public var size: ByteCount { ByteCount(bytes.count) }
}

extension Input.Origin: CustomStringConvertible {
  public var description: String {
    switch self {
    case .package(let name, let version, _, let member): "\(name) \(version): \(member)"
    case .path(let path): path
    case .emulator(let machine): "QEMU's tree of its machine \(machine)"
    }
  }
}
