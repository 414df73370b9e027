import CLibFuzzer
import DeviceTree
import SeededGenerator

/// libFuzzer's `LLVMFuzzerCustomMutator` for device trees. Bytes changed at random seldom make a
/// tree: most of the time the tree is changed as values and written again, or the header is mended
/// behind libFuzzer's own changes; the rest are those alone, since a broken header is input too.
public struct Mutation {
  typealias Random = SeededGenerator
  var random: Random

  /// - Parameters:
  ///   - room: bytes that the answer may have.
  ///   - hasTwoTrees: the input is split by `InputParts`.
  public static func mutate(
    _ data: UnsafeMutablePointer<UInt8>?, _ size: Int, room: Int, seed: UInt32,
    hasTwoTrees: Bool = false
  ) -> Int {
    guard let data else { return 0 }
    var mutation = Mutation(random: SeededGenerator(seed: UInt64(seed)))
    let input = Array(UnsafeBufferPointer(start: data, count: size))
    let changed = mutation.changed(input, room: room, hasTwoTrees: hasTwoTrees)
    guard let changed, changed.count <= room, !changed.isEmpty else {
      return LLVMFuzzerMutate(data, size, room)
    }
    UnsafeMutableBufferPointer(start: data, count: room).update(
      fromContentsOf: changed)
    return changed.count
  }

  private mutating func changed(_ input: [UInt8], room: Int, hasTwoTrees: Bool) -> [UInt8]? {
    guard hasTwoTrees else { return changed(input, room: room) }
    let parts = InputParts(input)
    if Bool.random(using: &random) {
      return changed(parts.first, room: room - parts.second.count).map { $0 + parts.second }
    }
    return changed(parts.second, room: room - parts.first.count).map { parts.first + $0 }
  }

  private mutating func changed(_ bytes: [UInt8], room: Int) -> [UInt8]? {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return Self.byLibFuzzer(bytes, room: room)
    case 1, 2: return Self.mended(Self.byLibFuzzer(bytes, room: room))
    default:
      guard let flat = FlatTree.scanning(bytes).tree else {
        return Self.mended(Self.byLibFuzzer(bytes, room: room))
      }
      var tree = DeviceTree(flat)
      for _ in 0..<Int.random(in: 1...3, using: &random) { change(&tree) }
      return tree.encoded()
    }
  }

  static func byLibFuzzer(_ bytes: [UInt8], room: Int) -> [UInt8] {
    guard room > 0 else { return bytes }
    var buffer = bytes + [UInt8](repeating: 0, count: max(0, room - bytes.count))
    let count = buffer.withUnsafeMutableBufferPointer {
      LLVMFuzzerMutate($0.baseAddress, min(bytes.count, room), room)
    }
    return Array(buffer[..<count])
  }

  /// The same with a header that agrees with the number of bytes: the blocks keep their places where
  /// they can, and the strings reach to the end.
  static func mended(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.count >= 64 else { return bytes }
    func word(_ offset: Int) -> Int { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
    var mended = bytes
    func put(_ value: Int, at offset: Int) {
      for index in 0..<4 {
        mended[offset + index] = UInt8(truncatingIfNeeded: value >> (24 - 8 * index))
      }
    }
    let structure = (56...bytes.count).contains(word(8)) ? word(8) & ~3 : 56
    let strings = (structure...bytes.count).contains(word(12)) ? word(12) : bytes.count
    put(0xD00D_FEED, at: 0)
    put(bytes.count, at: 4)
    put(structure, at: 8)
    put(strings, at: 12)
    put(40, at: 16)
    put(17, at: 20)
    put(16, at: 24)
    put(bytes.count - strings, at: 32)
    put((strings - structure) & ~3, at: 36)
    return mended
  }
}
