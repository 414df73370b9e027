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

  /// Which system boots how.
  public enum Flow: String, Sendable, Hashable, CaseIterable {
    /// Xen with Linux as dom0, and the project's guests beside it if it has any.
    case xen
    /// Xen with the project's guests and no dom0.
    case dom0less
    case linux
    /// Linux in HYP mode, so that KVM can have it.
    case kvm
    /// Linux by the sunxi U-Boot of 2013 and 2014.
    case legacy

    public var hasXen: Bool { self == .xen || self == .dom0less }
  }

  public struct Inputs: Sendable, Hashable {
    public var bootloader = Source.debian(package: nil, version: nil)
    public var xen = Source.debian(package: nil, version: nil)
    public var kernel = Source.debian(package: nil, version: nil)
    /// A path may be a source, which is compiled.
    public var tree = Source.debian(package: nil, version: nil)
    /// What the vendor's kernel of the flow `legacy` takes in place of a tree.
    public var scriptBin: Source?
    /// The kernel's configuration, where it does not come with the kernel's package.
    public var config: Source?
    /// The folder of the kernel's modules, `lib/modules/VERSION`, where they do not come with the
    /// kernel's package; of interest for finding a root partition.
    public var modules: String?
    /// What is tried when a file of the first set cannot be loaded; nil for nothing.
    public var fallbackKernel: Source?
    /// Nil for the same as in the first set.
    public var fallbackTree: Source?
    public var fallbackXen: Source?
    /// Files that are laid over the tree, one after the other, blobs or sources. Paths count as those
    /// of a source do.
    public var overlays: [String] = []
    /// Folders where `#include` and `/include/` of such sources look, after the source's own folder.
    public var includePaths: [String] = []
  }

  public struct Linux: Sendable, Hashable {
    /// Added to what the board needs, where Linux runs without Xen.
    public var arguments = ""
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
    /// Where that stands.
    public var memorySpan: SourceSpan?
    /// Nil for as many as the board has processors.
    public var vcpus: Int?
    /// Added to what the board needs.
    public var arguments = ""
  }

  /// What U-Boot reads on the boot partition.
  public enum BootScriptKind: String, Sendable, Hashable, CaseIterable {
    case script = "boot.scr"
    case extlinux
  }

  /// What is loaded into memory to an address that the project may choose.
  public enum LoadKey: String, Sendable, Hashable, CaseIterable {
    case xen, tree, kernel, initrd
  }

  /// Where a file is loaded to.
  public struct Place: Sendable, Hashable {
    /// Nil for wherever it fits.
    public let address: Address?
    public let span: SourceSpan
    /// What its digits would be in hexadecimal, where they are decimal ones.
    public let digitsInHexadecimal: Address?

    public init(address: Address?, span: SourceSpan, digitsInHexadecimal: Address? = nil) {
      self.address = address
      self.span = span
      self.digitsInHexadecimal = digitsInHexadecimal
    }
  }

  public struct Image: Sendable, Hashable {
    /// Nil for as much as the content takes.
    public var size: ByteCount?
    public var bootKind = FATKind.fat32
    public var bootSize = ByteCount.mebibytes(64)
    public var bootScript = BootScriptKind.script
    /// The root partition's size; nil for as much as its content takes, and some room.
    public var rootSize: ByteCount?
  }

  /// The folder that holds the project file.
  public var folder: FilePath
  public var board: String
  public var flow = Flow.xen
  public var inputs = Inputs()
  public var xen = Xen()
  public var dom0 = Dom0()
  public var linux = Linux()
  /// Guests that Xen starts by itself. Their files count from `folder`.
  public var domains: [Guest] = []
  /// Where files are loaded to instead of where the SoC's file says.
  public var load: [LoadKey: Place] = [:]
  public var root = Root.busybox
  public var image = Image()
  /// Findings of the linter that are accepted.
  public var lint: [Acceptance.Entry] = []

  public init(folder: FilePath, board: String) {
    self.folder = folder
    self.board = board
  }

  /// Where a file of the project's lies, by what the project file calls it.
  public func file(_ path: String) -> FilePath {
    folder == "." ? FilePath(path) : folder.pushing(FilePath(path))
  }
}
