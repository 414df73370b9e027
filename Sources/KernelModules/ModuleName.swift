/// A module's name as the kernel has it: letters, digits and `_`.
///
/// Files and `depends` write `-` and `_` as they like, and mean the same module; here all are `_`.
///
/// Source: Linux `scripts/Makefile.lib` (`name-fix`); kmod `libkmod/libkmod-util.c` (`modname_normalize`).
public struct ModuleName: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// `sunxi_mmc`.
  public let text: String

  /// Nil where the text cannot be a module's name.
  public init?(_ text: some StringProtocol) {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "-"): bytes.append(UInt8(ascii: "_"))
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        bytes.append(byte)
      default: return nil
      }
    }
    // MODULE_NAME_LEN of Linux, with a zero byte at the end, where pointers have 64 bits.
    guard !bytes.isEmpty, bytes.count < 56 else { return nil }
    self.text = String(decoding: bytes, as: UTF8.self)
  }

  /// The module that a file holds: `kernel/drivers/mmc/host/sunxi-mmc.ko.xz` is `sunxi_mmc`. Nil for
  /// a file that by its name is no module.
  public init?(ofFile path: some StringProtocol) {
    var bytes = Array(path.utf8)
    if let slash = bytes.lastIndex(of: UInt8(ascii: "/")) { bytes.removeFirst(slash + 1) }
    for ending in ModulePacking.endings where bytes.hasSuffix(".ko" + ending) {
      bytes.removeLast(ending.utf8.count + 3)
      self.init(String(decoding: bytes, as: UTF8.self))
      return
    }
    return nil
  }

  public var description: String { text }

  public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

/// How the files of modules are packed, by the ending of their names.
public enum ModulePacking: String, Sendable, Hashable, CaseIterable {
  case none = ""
  case gzip = ".gz"
  case xz = ".xz"
  case zstd = ".zst"

  static let endings = allCases.map(\.rawValue)

  /// How the file with this name is packed.
  public init(ofFile path: some StringProtocol) {
    let bytes = Array(path.utf8.suffix(8))
    self = Self.allCases.first { $0 != .none && bytes.hasSuffix($0.rawValue) } ?? .none
  }
}

extension [UInt8] {
  fileprivate func hasSuffix(_ text: String) -> Bool {
    suffix(text.utf8.count).elementsEqual(text.utf8)
  }
}
