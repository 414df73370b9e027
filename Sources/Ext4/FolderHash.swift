import Bytes

/// The hash by which an indexed folder finds a name: half of MD4, over the name's bytes taken as
/// unsigned (superblock flag 2), begun with the volume's seed.
///
/// Source: Linux `fs/ext4/hash.c`; kernel documentation, ext4, "Hash Tree Directories".
struct FolderHash: Hashable, Comparable {
  /// Which leaf a name lies in. Its lowest bit is free: an index entry uses it to say that the leaf
  /// continues the hash of the leaf before.
  let major: UInt32
  let minor: UInt32

  static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }

  /// - Parameter seed: four words; where all are 0, MD4's own begin the hash.
  init(_ name: RawSpan, seed: [UInt32]) {
    var state: MD4State =
      seed.count == 4 && seed.contains { $0 != 0 }
      ? (seed[0], seed[1], seed[2], seed[3]) : (0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476)
    var start = 0
    while start < name.byteCount {
      halfMD4(&state, Self.words(name.extracting(start..<name.byteCount)))
      start += 32
    }
    let hash = state.1 & ~1
    // The highest hash is a reader's mark for the end of the folder.
    major = hash == 0xFFFF_FFFE ? 0xFFFF_FFFC : hash
    minor = state.2
  }

  /// Eight words of up to 32 bytes; what is missing is filled with the length.
  private static func words(_ bytes: RawSpan) -> MD4Words {
    var words = MD4Words(repeating: 0)
    let pad = UInt32(truncatingIfNeeded: bytes.byteCount & 0xFF) &* 0x0101_0101
    let count = min(bytes.byteCount, 32)
    for word in 0..<8 {
      var value = pad
      for index in (word * 4)..<max(word * 4, min(count, word * 4 + 4)) {
        let byte = bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt8.self)
        value = UInt32(byte) &+ (value << 8)
      }
      words[word] = value
    }
    return words
  }
}

typealias MD4State = (UInt32, UInt32, UInt32, UInt32)
typealias MD4Words = InlineArray<8, UInt32>

/// Three rounds of eight steps, half of what MD4 does.
private func halfMD4(_ state: inout MD4State, _ words: MD4Words) {
  var (a, b, c, d) = state
  func step(_ mixed: UInt32, _ word: UInt32, _ shift: UInt32) {
    let sum = a &+ mixed &+ word
    // The four variables change places, so that each step writes the next one.
    (a, d, c, b) = (d, c, b, sum << shift | sum >> (32 - shift))
  }
  for (index, shift) in [3, 7, 11, 19, 3, 7, 11, 19].enumerated() {
    step(d ^ (b & (c ^ d)), words[index], UInt32(shift))
  }
  for (index, shift) in zip([1, 3, 5, 7, 0, 2, 4, 6], [3, 5, 9, 13, 3, 5, 9, 13]) {
    step((b & c) &+ ((b ^ c) & d), words[index] &+ 0x5A82_7999, UInt32(shift))
  }
  for (index, shift) in zip([3, 7, 2, 6, 1, 5, 0, 4], [3, 9, 11, 15, 3, 9, 11, 15]) {
    step(b ^ c ^ d, words[index] &+ 0x6ED9_EBA1, UInt32(shift))
  }
  state = (state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d)
}
