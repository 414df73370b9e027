public import BootImages
public import Diagnostics
public import FAT
public import Measures
public import Rulings
public import SystemPackage

/// What one `ctboot.yaml` says. `board: cubietruck` alone is a complete one.
public struct Project: Sendable, Hashable {
  /// Where a file comes from.
  public enum Source: Sendable, Hashable {
    /// From Debian: the package that the board needs, or another; in the newest version that the
    /// archive has, or a given one.
    case debian(package: String?, version: String?)
    /// A file; a relative path counts from the project file's folder.
    case path(String)
  }

  public struct Inputs: Sendable, Hashable {
    public var bootloader = Source.debian(package: nil, version: nil)
    public var xen = Source.debian(package: nil, version: nil)
    public var kernel = Source.debian(package: nil, version: nil)
    public var tree = Source.debian(package: nil, version: nil)
  }

  public struct Xen: Sendable, Hashable {
    /// Added to what the board needs.
    public var arguments = ""
    /// Nil to read it out of the image.
    public var version: XenVersion?
  }

  public struct Dom0: Sendable, Hashable {
    /// Nil for what the board's file says.
    public var memory: ByteCount?
    /// Nil for as many as the board has processors.
    public var vcpus: Int?
    /// Added to what the board needs.
    public var arguments = ""
  }

  /// Where a file is loaded to.
  public struct Place: Sendable, Hashable {
    /// Nil for wherever it fits.
    public let address: Address?
    public let span: SourceSpan

    public init(address: Address?, span: SourceSpan) {
      self.address = address
      self.span = span
    }
  }

  public struct Image: Sendable, Hashable {
    /// Nil for as much as the content takes.
    public var size: ByteCount?
    public var bootKind = FATKind.fat32
    public var bootSize = ByteCount.mebibytes(64)
  }

  /// The folder that holds the project file.
  public var folder: FilePath
  public var board: String
  public var inputs = Inputs()
  public var xen = Xen()
  public var dom0 = Dom0()
  public var image = Image()
  /// By `xen`, `tree`, `kernel` and `initrd`: where these are loaded to instead of where the SoC's
  /// file says.
  public var load: [String: Place] = [:]
  /// Findings of the linter that are accepted.
  public var lint: [Acceptance.Entry] = []

  public init(folder: FilePath, board: String) {
    self.folder = folder
    self.board = board
  }
}
