import Bytes

/// A blob put together word by word, so that a test can say exactly what is wrong with it.
///
/// ```
/// 0x28 reservations (end mark at 0x28) | 0x38 structure | strings
/// ```
struct Blob {
  static let structureOffset = 0x38

  var header: [UInt32] = []
  var reservations: [UInt8] = Array(repeating: 0, count: 16)
  var structure: [UInt8] = []
  var strings: [UInt8] = Array("a\0b\0".utf8)

  enum Piece {
    case begin(String)
    case end
    case property(length: Int, name: Int)
    case words([UInt32])
    case bytes([UInt8])
    case finish
  }

  init(_ pieces: [Piece]) {
    for piece in pieces {
      switch piece {
      case .begin(let name):
        structure.append(bigEndian: UInt32(1))
        structure.append(contentsOf: Array(name.utf8) + [0])
        structure.pad(to: 4)
      case .end: structure.append(bigEndian: UInt32(2))
      case .property(let length, let name):
        for word in [3, UInt32(length), UInt32(name)] { structure.append(bigEndian: word) }
        structure.append(contentsOf: repeatElement(0xAA, count: length))
        structure.pad(to: 4)
      case .words(let words): for word in words { structure.append(bigEndian: word) }
      case .bytes(let bytes): structure.append(contentsOf: bytes)
      case .finish: structure.append(bigEndian: UInt32(9))
      }
    }
  }

  /// The smallest sound tree, with two properties and a node.
  static let sound = Blob([
    .begin(""), .property(length: 1, name: 0), .property(length: 4, name: 2), .begin("n"), .end,
    .end, .finish,
  ])

  /// The bytes, after `patch` had its way with the header's ten words.
  func bytes(patch: (inout [UInt32]) -> Void = { _ in }) -> [UInt8] {
    let stringsOffset = 0x28 + reservations.count + structure.count
    var words: [UInt32] = [
      0xD00D_FEED, UInt32(stringsOffset + strings.count), UInt32(0x28 + reservations.count),
      UInt32(stringsOffset), 0x28, 17, 16, 0, UInt32(strings.count), UInt32(structure.count),
    ]
    patch(&words)
    var bytes: [UInt8] = []
    for word in words { bytes.append(bigEndian: word) }
    return bytes + reservations + structure + strings
  }
}
