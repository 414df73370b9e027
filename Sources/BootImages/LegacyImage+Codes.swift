/// The numbers in a legacy image's header. Every number is kept as it stands; those that matter
/// here have names.
///
/// Source: U-Boot `include/image.h`, the `IH_OS_`, `IH_ARCH_`, `IH_TYPE_` and `IH_COMP_` lists.
extension LegacyImage {
  public struct OperatingSystem: RawRepresentable, Sendable, Hashable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let linux = Self(rawValue: 5)
    public static let uBoot = Self(rawValue: 17)
  }

  public struct Architecture: RawRepresentable, Sendable, Hashable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let arm = Self(rawValue: 2)
    public static let x86 = Self(rawValue: 3)
    public static let arm64 = Self(rawValue: 22)
    public static let riscV = Self(rawValue: 26)
  }

  /// What the payload is.
  public struct Kind: RawRepresentable, Sendable, Hashable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let standalone = Self(rawValue: 1)
    public static let kernel = Self(rawValue: 2)
    public static let ramdisk = Self(rawValue: 3)
    public static let multi = Self(rawValue: 4)
    public static let firmware = Self(rawValue: 5)
    public static let script = Self(rawValue: 6)
    public static let fileSystem = Self(rawValue: 7)
    public static let deviceTree = Self(rawValue: 8)
    public static let kernelInPlace = Self(rawValue: 14)
  }

  public struct Compression: RawRepresentable, Sendable, Hashable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let none = Self(rawValue: 0)
    public static let gzip = Self(rawValue: 1)
    public static let bzip2 = Self(rawValue: 2)
    public static let lzma = Self(rawValue: 3)
    public static let lzo = Self(rawValue: 4)
    public static let lz4 = Self(rawValue: 5)
    public static let zstd = Self(rawValue: 6)
  }
}

extension LegacyImage.OperatingSystem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .linux: "Linux"
    case .uBoot: "U-Boot"
    default: "system \(rawValue)"
    }
  }
}

extension LegacyImage.Architecture: CustomStringConvertible {
  public var description: String {
    switch self {
    case .arm: "32-bit ARM"
    case .x86: "x86"
    case .arm64: "64-bit ARM"
    case .riscV: "RISC-V"
    default: "architecture \(rawValue)"
    }
  }
}

extension LegacyImage.Kind: CustomStringConvertible {
  public var description: String {
    switch self {
    case .standalone: "program"
    case .kernel, .kernelInPlace: "kernel"
    case .ramdisk: "initrd"
    case .multi: "set of files"
    case .firmware: "firmware image"
    case .script: "boot script"
    case .fileSystem: "file system"
    case .deviceTree: "device tree"
    default: "file of type \(rawValue)"
    }
  }

  /// `description` with its article.
  var withArticle: String { self == .ramdisk ? "an \(self)" : "a \(self)" }

  /// The name by which `mkimage -T` and `dumpimage -T` know it, where one is known here.
  public var mkimageName: String? {
    switch self {
    case .standalone: "standalone"
    case .kernel: "kernel"
    case .ramdisk: "ramdisk"
    case .multi: "multi"
    case .firmware: "firmware"
    case .script: "script"
    case .fileSystem: "filesystem"
    case .deviceTree: "flat_dt"
    case .kernelInPlace: "kernel_noload"
    default: nil
    }
  }
}

extension LegacyImage.Compression: CustomStringConvertible {
  public var description: String {
    switch self {
    case .none: "not compressed"
    case .gzip: "gzip"
    case .bzip2: "bzip2"
    case .lzma: "lzma"
    case .lzo: "lzo"
    case .lz4: "lz4"
    case .zstd: "zstd"
    default: "compression \(rawValue)"
    }
  }
}
