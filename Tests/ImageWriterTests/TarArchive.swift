/// A tar archive made header by header, so that it can hold what no tool would write.
///
/// ```
///   name 100 | mode 8 | user 8 | group 8 | size 12 | time 12 | sum 8 | type 1 | target 100 |
///   "ustar" 6 | version 2 | names 64 | major 8 | minor 8 | prefix 155 | 12
/// ```
/// Source: tar(5).
struct TarArchive {
  enum Kind: UInt8 {
    case file = 0x30
    case hardLink, symlink, character, block, folder, fifo
    case pax = 0x78
  }

  private(set) var bytes: [UInt8] = []

  /// The archive with its end mark.
  var finished: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }

  /// - Parameter pax: records that stand before the header and count for it.
  mutating func add(
    _ path: [UInt8], _ kind: Kind = .file, _ content: [UInt8] = [], mode: Int = 0o644,
    owner: Int = 0, group: Int = 0, time: Int = 1_600_000_000, target: [UInt8] = [],
    device: (Int, Int) = (0, 0), pax: [(String, [UInt8])] = [], claiming size: Int? = nil
  ) {
    if !pax.isEmpty {
      let records = pax.flatMap { Self.record($0.0, $0.1) }
      add(Array("pax".utf8), .pax, records)
    }
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ bytes: some Collection<UInt8>, at offset: Int) {
      header.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
    }
    func put(_ number: Int, at offset: Int, digits: Int) {
      let text = String(number, radix: 8)
      put((String(repeating: "0", count: digits - text.count) + text).utf8, at: offset)
    }
    put(path.prefix(100), at: 0)
    put(mode, at: 100, digits: 7)
    put(owner, at: 108, digits: 7)
    put(group, at: 116, digits: 7)
    put(size ?? content.count, at: 124, digits: 11)
    put(time, at: 136, digits: 11)
    put("        ".utf8, at: 148)
    header[156] = kind.rawValue
    put(target.prefix(100), at: 157)
    put("ustar\u{0}00".utf8, at: 257)
    put(device.0, at: 329, digits: 7)
    put(device.1, at: 337, digits: 7)
    put(header.reduce(0) { $0 + Int($1) }, at: 148, digits: 6)
    header[154] = 0
    bytes += header + content
    bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  mutating func add(
    _ path: String, _ kind: Kind = .file, _ content: String = "", mode: Int = 0o644,
    target: String = "", device: (Int, Int) = (0, 0), pax: [(String, [UInt8])] = []
  ) {
    add(
      Array(path.utf8), kind, Array(content.utf8), mode: mode, target: Array(target.utf8),
      device: device, pax: pax)
  }

  /// `LENGTH KEY=VALUE\n`, where the length counts itself.
  private static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
    let rest = Array(" \(key)=".utf8) + value + [0x0A]
    var length = rest.count + 1
    while String(length).utf8.count + rest.count != length { length += 1 }
    return Array(String(length).utf8) + rest
  }
}
