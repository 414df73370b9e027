import SeededGenerator

extension SeededGenerator {
  /// Cuts `bytes` at random places, single bytes and empty pieces among the results.
  mutating func pieces(of bytes: [UInt8]) -> [[UInt8]] {
    var rest = bytes[...]
    var pieces: [[UInt8]] = []
    while !rest.isEmpty {
      let count = Int.random(in: 0...min(rest.count, 40), using: &self)
      pieces.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return pieces
  }
}
