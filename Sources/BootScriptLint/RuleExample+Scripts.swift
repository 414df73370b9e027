import Diagnostics

/// Examples in the languages of scripts.
extension RuleExample {
  static func hush(_ source: String, _ target: Target = .board) -> Self {
    RuleExample(source, in: .hush, for: target)
  }

  static func uenv(_ source: String, _ target: Target = .legacy) -> Self {
    RuleExample(source, in: .environment, for: target)
  }

  static func menu(_ source: String, _ target: Target = .board) -> Self {
    RuleExample(source, in: .extlinux, for: target)
  }
}

extension RuleExample.Target {
  /// A board whose U-Boot is known.
  static let board = Self(board: "cubietruck")
  /// The same with the U-Boot of 2013.
  static var legacy: Self {
    var target = board
    target.isForLegacyBootloader = true
    return target
  }

  /// The same with a card.
  static func card(
    _ files: [RuleExample.Medium.File] = [], filesystem: String = "fat", partitions: [Int] = [1],
    xen: String? = nil
  ) -> Self {
    var target = board
    target.xen = xen
    target.medium = RuleExample.Medium(files, filesystem: filesystem, partitions: partitions)
    return target
  }

  static func beside(_ siblings: [String: [UInt8]]) -> Self {
    var target = board
    target.siblings = siblings
    return target
  }
}

/// Files of cards, cut down to what rules read of them.
extension RuleExample.Medium.File {
  /// A kernel that says how long it is, and, from `unpacked` on, how much it takes unpacked.
  static func zImage(_ path: String, size: UInt32 = 0x50_0000, unpacked: UInt32? = nil) -> Self {
    var bytes = [UInt8](repeating: 0, count: 0x80)
    bytes.put(0x016F_2818, at: 0x24)
    bytes.put(size, at: 0x2C)
    if let unpacked {
      bytes.put(0x0403_0201, at: 0x30)
      bytes.put(0x4545_4545, at: 0x34)
      bytes.put(0x40, at: 0x38)
      bytes.put(0x5A53_4C4B, at: 0x44)
      bytes.put(0x60, at: 0x48)
      bytes.put(unpacked, at: 0x60)
    }
    return Self(path, size: UInt64(size), bytes: bytes)
  }

  /// A hypervisor whose variables reach beyond its file.
  static func xen(_ path: String, size: UInt32 = 0x10_0000, end: UInt32) -> Self {
    var bytes = zImage(path, size: end).bytes
    bytes += Array("xen,xen-4.17\0xen,xen\0".utf8)
    return Self(path, size: UInt64(size), bytes: bytes)
  }

  /// U-Boot's wrapper; 2 is a kernel, 3 an initrd.
  static func uImage(_ path: String, kind: UInt8 = 2) -> Self {
    var bytes = [UInt8](repeating: 0, count: 64)
    bytes.replaceSubrange(0..<4, with: [0x27, 0x05, 0x19, 0x56])
    bytes.replaceSubrange(28..<32, with: [5, 2, kind, 0])
    return Self(path, size: 0x50_0000, bytes: bytes)
  }

  /// A gzip archive, as an initrd is.
  static func gzip(_ path: String, size: UInt64 = 0x20_0000) -> Self {
    Self(path, size: size, bytes: [0x1F, 0x8B, 8, 0])
  }

  /// A small tree: `/chosen`, one address and one size cell, an alias of a serial line.
  static func tree(_ path: String) -> Self {
    let bytes = SmallTree.bytes
    return Self(path, size: UInt64(bytes.count), bytes: bytes)
  }
}

/// ```
/// / {
///   #address-cells = <1>; #size-cells = <1>;
///   aliases { serial0 = "/serial@1c28000"; };
///   chosen { #address-cells = <1>; #size-cells = <1>; };
///   serial@1c28000 { };
/// };
/// ```
private enum SmallTree {
  static let bytes: [UInt8] = {
    let strings = Array("#address-cells\0#size-cells\0serial0\0".utf8)
    var body: [UInt8] = []
    func word(_ value: UInt32) { body += value.bigEndianBytes }
    func begin(_ name: String) {
      word(1)
      body += Array(name.utf8) + [0]
      while body.count % 4 != 0 { body.append(0) }
    }
    func property(_ name: UInt32, _ value: [UInt8]) {
      word(3)
      word(UInt32(value.count))
      word(name)
      body += value
      while body.count % 4 != 0 { body.append(0) }
    }
    func cells() {
      property(0, [0, 0, 0, 1])
      property(15, [0, 0, 0, 1])
    }
    begin("")
    cells()
    begin("aliases")
    property(27, Array("/serial@1c28000\0".utf8))
    word(2)
    begin("chosen")
    cells()
    word(2)
    begin("serial@1c28000")
    word(2)
    word(2)
    word(9)
    let structure = 40 + 16
    let size = structure + body.count + strings.count
    let header = [
      0xD00D_FEED, UInt32(size), UInt32(structure), UInt32(structure + body.count), 40, 17, 16, 0,
      UInt32(strings.count), UInt32(body.count),
    ]
    return header.flatMap(\.bigEndianBytes) + [UInt8](repeating: 0, count: 16) + body + strings
  }()
}

extension UInt32 {
  fileprivate var bigEndianBytes: [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: self >> UInt32($0)) }
  }
}

extension [UInt8] {
  /// Overwrites four bytes with the word, its lowest byte first.
  fileprivate mutating func put(_ word: UInt32, at offset: Int) {
    for index in 0..<4 {
      self[offset + index] = UInt8(truncatingIfNeeded: word >> UInt32(8 * index))
    }
  }
}
