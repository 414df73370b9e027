import Bytes

/// A module as small as one can be: an ELF file with the sections `.modinfo` and `.shstrtab`.
///
///     | header | .modinfo | names | table: (empty), .modinfo, .shstrtab |
enum ModuleFile {
  static func bytes(_ info: String..., wide: Bool = false, machine: UInt16 = 40) -> [UInt8] {
    bytes(lines: info, wide: wide, machine: machine)
  }

  static func bytes(lines: [String], wide: Bool = false, machine: UInt16 = 40) -> [UInt8] {
    let content: [UInt8] = lines.flatMap { line -> [UInt8] in Array(line.utf8) + [0] }
    let names = Array("\0.text\0.modinfo\0.shstrtab\0".utf8)
    let start = wide ? 64 : 52
    let table = start + content.count + names.count
    var out: [UInt8] = [0x7F] + "ELF".utf8 + [wide ? 2 : 1, 1, 1, 0]
    out += Array(repeating: 0, count: 8)
    out.append(littleEndian: UInt16(1))
    out.append(littleEndian: machine)
    out.append(littleEndian: UInt32(1))
    // Entry and program headers are not there.
    for offset in [0, 0, table] { out.append(word: offset, wide) }
    out.append(littleEndian: UInt32(0))
    for number in [start, 0, 0, wide ? 64 : 40, 3, 2] {
      out.append(littleEndian: UInt16(number))
    }
    out += content + names
    out.append(section: 0, at: 0, size: 0, wide)
    out.append(section: 7, at: start, size: content.count, wide)
    out.append(section: 16, at: start + content.count, size: names.count, wide)
    return out
  }
}

extension [UInt8] {
  fileprivate mutating func append(word: Int, _ wide: Bool) {
    if wide { append(littleEndian: UInt64(word)) } else { append(littleEndian: UInt32(word)) }
  }

  /// Name, type, flags, address, offset, size, link, info, alignment, entry size.
  fileprivate mutating func append(section name: UInt32, at offset: Int, size: Int, _ wide: Bool) {
    append(littleEndian: name)
    append(littleEndian: UInt32(1))
    for word in [0, 0, offset, size] { append(word: word, wide) }
    append(littleEndian: UInt32(0))
    append(littleEndian: UInt32(0))
    for word in [1, 0] { append(word: word, wide) }
  }
}
