import Diagnostics

/// Files for examples, cut down to what rules read of them.
extension RuleExample.File {
  /// A 32-bit kernel whose header claims `start` to `end`.
  static func zImage(
    at address: UInt64, start: UInt32 = 0, end: UInt32, size: Int
  ) -> Self {
    var bytes = [UInt8](repeating: 0, count: max(size, 0x30))
    bytes.put(0x016F_2818, at: 0x24)
    bytes.put(start, at: 0x28)
    bytes.put(end, at: 0x2C)
    return Self(address: address, bytes: bytes)
  }

  /// A 32-bit Xen of so many bytes that needs `end` once it runs.
  static func xen(_ version: String, at address: UInt64, end: UInt32, size: Int = 0x80) -> Self {
    var bytes = zImage(at: address, end: end, size: size).bytes
    let text = Array("xen,xen-\(version)\0xen,xen\0".utf8)
    bytes.replaceSubrange(0x40..<0x40 + text.count, with: text)
    return Self(address: address, bytes: bytes)
  }

  /// A 64-bit kernel.
  static func image64(at address: UInt64) -> Self {
    var bytes = [UInt8](repeating: 0, count: 64)
    bytes.put(0x644D_5241, at: 56)
    return Self(address: address, bytes: bytes)
  }

  static func gzip(at address: UInt64, size: Int) -> Self {
    Self(address: address, bytes: [0x1F, 0x8B] + [UInt8](repeating: 0, count: max(size - 2, 0)))
  }

  /// A kernel in U-Boot's wrapper.
  static func uImage(
    at address: UInt64, load: UInt32, entry: UInt32, compression: UInt8 = 0, payload: Int
  ) -> Self {
    var bytes = [UInt8](repeating: 0, count: 64 + payload)
    bytes.put((0x2705_1956 as UInt32).byteSwapped, at: 0)
    bytes.put(UInt32(payload).byteSwapped, at: 12)
    bytes.put(load.byteSwapped, at: 16)
    bytes.put(entry.byteSwapped, at: 20)
    bytes.replaceSubrange(28..<32, with: [5, 2, 2, compression])
    return Self(address: address, bytes: bytes)
  }

  /// Bytes that are of no known kind.
  static func bytes(at address: UInt64, size: Int) -> Self {
    Self(address: address, bytes: [UInt8](repeating: 1, count: size))
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
