/// What `dtc -I dts -O dts -T -T` prints: the whole tree, each node and property with the places in
/// the source that made it.
///
/// ```
/// / { /* board.dtsi:1:3-9:3, board.dts:4:3-22:3 */
/// 	model = "a /* { */ b"; /* board.dts:6:2-6:30 */
/// 	phandle = <0x01>; /* <no-file>:<no-line> */
///
/// 	serial: uart@1c28000 { /* board.dtsi:3:23-5:4 */
/// 	}; /* board.dtsi:3:23-5:4 */
/// }; /* board.dtsi:1:3-9:3, board.dts:4:3-22:3 */
/// ```
///
/// A node's place runs from its `{`, not from its name. Lines and columns count from 1, columns are
/// bytes (a tab is one), and the last column is behind the last byte. One line is one node or
/// property: dtc writes line feeds in strings as `\n`. Source: dtc `treesource.c`, `srcpos.c`.
public struct AnnotatedSource: Sendable {
  /// Where something stands, in dtc's numbers.
  struct Place: Sendable, Hashable {
    /// Which of the files.
    var file: Int
    var line: Int
    var column: Int
    var endLine: Int
    var endColumn: Int
  }

  struct Node: Sendable {
    var path: String
    var places: [Place]
    var properties: [(name: String, places: [Place])] = []
  }

  /// The names of all files that places are in, as dtc knows them.
  public internal(set) var files: [String] = []
  private(set) var nodes: [Node] = []

  /// Nodes nested deeper than any reader of ours takes are left out: their paths would cost the
  /// square of the depth.
  private static let deepest = 64

  let text: [UInt8]
  var fileNumbers: [ArraySlice<UInt8>: Int] = [:]
  /// The open nodes, from the root inwards, and how many are open below the deepest.
  private var open: [Int] = []
  private var tooDeep = 0

  /// Takes any bytes; a line that is none of dtc's is passed over.
  public init(parsing text: [UInt8]) {
    self.text = text
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
      read(start..<end)
      start = end + 1
    }
    fileNumbers = [:]
  }

  private mutating func read(_ line: Range<Int>) {
    var cursor = line.lowerBound
    while cursor < line.upperBound, text[cursor] == 0x09 || text[cursor] == 0x20 { cursor += 1 }
    guard cursor < line.upperBound else { return }
    if text[cursor] == UInt8(ascii: "}") { return close() }
    var name = word(&cursor, line.upperBound)
    while text[name].last == UInt8(ascii: ":"), cursor < line.upperBound, text[cursor] == 0x20 {
      cursor += 1
      name = word(&cursor, line.upperBound)
    }
    guard !name.isEmpty else { return }
    if text[cursor..<line.upperBound].starts(with: " {".utf8) {
      open(text[name], places(cursor + 2..<line.upperBound))
    } else if let end = endOfValue(cursor..<line.upperBound), let node = open.last, tooDeep == 0 {
      nodes[node].properties.append(
        (String(decoding: text[name], as: UTF8.self), places(end..<line.upperBound)))
    }
  }

  /// Everything up to a space or a semicolon, which no name holds.
  private func word(_ cursor: inout Int, _ end: Int) -> Range<Int> {
    let start = cursor
    while cursor < end, text[cursor] != 0x20, text[cursor] != UInt8(ascii: ";") { cursor += 1 }
    return start..<cursor
  }

  /// Behind the semicolon that ends the value: the first one outside strings.
  private func endOfValue(_ range: Range<Int>) -> Int? {
    var (index, isString) = (range.lowerBound, false)
    while index < range.upperBound {
      switch text[index] {
      case UInt8(ascii: "\""): isString.toggle()
      case UInt8(ascii: "\\") where isString: index += 1
      case UInt8(ascii: ";") where !isString: return index + 1
      default: break
      }
      index += 1
    }
    return nil
  }

  private mutating func open(_ name: ArraySlice<UInt8>, _ places: [Place]) {
    guard open.count < Self.deepest, tooDeep == 0 else {
      tooDeep += 1
      return
    }
    let path: String
    if let parent = open.last {
      let above = nodes[parent].path
      path = (above == "/" ? above : above + "/") + String(decoding: name, as: UTF8.self)
    } else {
      path = "/"
    }
    open.append(nodes.count)
    nodes.append(Node(path: path, places: places))
  }

  private mutating func close() {
    if tooDeep > 0 { tooDeep -= 1 } else { _ = open.popLast() }
  }
}
