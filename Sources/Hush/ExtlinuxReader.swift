/// The loop over an extlinux.conf (`parse_pxefile_top`, `parse_label`).
struct ExtlinuxReader {
  private let text: [UInt8]
  private var position = 0
  var file = ExtlinuxFile()

  init(_ text: [UInt8]) { self.text = Array(text.prefix { $0 != 0 }) }

  private enum Token: Equatable {
    case endOfLine, endOfFile
    /// In lower case.
    case word(String)
  }

  private struct GivenUp: Error {}

  mutating func read() {
    do throws(GivenUp) {
      while try readCommand() {}
    } catch {}
  }

  private func byte(_ index: Int) -> UInt8 { index < text.count ? text[index] : 0 }

  private mutating func skipBlanksAndComment() {
    while byte(position) == 0x20 || byte(position) == 0x09 { position += 1 }
    if byte(position) == UInt8(ascii: "#") { skipLine() }
  }

  private mutating func skipLine() {
    while position < text.count, text[position] != 0x0A { position += 1 }
  }

  private mutating func keyword() -> Token {
    skipBlanksAndComment()
    if position >= text.count { return .endOfFile }
    if text[position] == 0x0A {
      position += 1
      return .endOfLine
    }
    let start = position
    while position < text.count, !Self.isSpace(text[position]) { position += 1 }
    return .word(String(decoding: text[start..<position], as: UTF8.self).lowercased())
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// The rest of the line.
  private mutating func value(of start: Int) throws(GivenUp) -> ExtlinuxFile.Value {
    skipBlanksAndComment()
    guard position < text.count, text[position] != 0x0A else {
      file.complaints.append(
        ExtlinuxFile.Complaint(kind: .missingValue, range: start..<position))
      throw GivenUp()
    }
    let begin = position
    skipLine()
    return ExtlinuxFile.Value(text: Array(text[begin..<position]), range: begin..<position)
  }

  private mutating func complain(_ kind: ExtlinuxFile.Complaint.Kind, from start: Int) {
    skipLine()
    file.complaints.append(ExtlinuxFile.Complaint(kind: kind, range: start..<position))
  }

  /// False at the end of the file.
  private mutating func readCommand() throws(GivenUp) -> Bool {
    skipBlanksAndComment()
    let start = position
    switch keyword() {
    case .endOfFile: return false
    case .endOfLine: break
    case .word("menu"):
      file.showsMenu = true
      try readMenu(from: start)
    case .word("timeout"): file.timeout = try value(of: start)
    case .word("label"): try readLabel(from: start)
    case .word("default"), .word("ontimeout"): file.defaultLabel = try value(of: start)
    case .word("include"): file.includes.append(try value(of: start))
    case .word("prompt"): skipLine()
    case .word: complain(.unknownCommand, from: start)
    }
    return true
  }

  private mutating func readMenu(from start: Int) throws(GivenUp) {
    switch keyword() {
    case .word("title"): file.title = try value(of: start)
    case .word("include"): file.includes.append(try value(of: start))
    case .word("background"): _ = try value(of: start)
    default:
      complain(.malformedMenu, from: start)
      return
    }
    skipLine()
  }

  private mutating func readLabel(from start: Int) throws(GivenUp) {
    var label = ExtlinuxFile.Label(name: try value(of: start))
    // It counts from here on, whatever follows.
    file.labels.append(label)
    let number = file.labels.count - 1
    while true {
      skipBlanksAndComment()
      let start = position
      switch keyword() {
      case .endOfLine: continue
      case .word("menu"): try readLabelMenu(&label, from: start)
      case .word("kernel"), .word("linux"): try readKernel(&label, from: start)
      case .word("append"): try readAppend(&label, from: start)
      case .word("initrd"): try take(&label.initrd, from: start)
      case .word("fdt"), .word("devicetree"): try take(&label.fdt, from: start)
      case .word("fdtdir"), .word("devicetreedir"): try take(&label.fdtdir, from: start)
      case .word("fdtoverlays"), .word("devicetree-overlay"):
        try take(&label.fdtoverlays, from: start)
      case .word("localboot"): label.localboot = try value(of: start)
      case .word("ipappend"): _ = try value(of: start)
      case .word("kaslrseed"): break
      default:
        // What belongs to no label ends this one.
        position = start
        file.labels[number] = label
        return
      }
      file.labels[number] = label
    }
  }

  /// The first one counts, and a second one is then an unknown command: it is not even read.
  private mutating func take(
    _ place: inout ExtlinuxFile.Value?, from start: Int
  ) throws(GivenUp) {
    if place == nil { place = try value(of: start) }
  }

  private mutating func readKernel(
    _ label: inout ExtlinuxFile.Label, from start: Int
  ) throws(GivenUp) {
    let value = try value(of: start)
    guard let sign = value.text.firstIndex(of: UInt8(ascii: "#")) else {
      label.kernel = value
      return
    }
    label.configuration = Array(value.text[sign...])
    label.kernel = ExtlinuxFile.Value(
      text: Array(value.text[..<sign]),
      range: value.range.lowerBound..<(value.range.lowerBound + sign))
  }

  /// An initial RAM disk may also be named within the arguments.
  private mutating func readAppend(
    _ label: inout ExtlinuxFile.Label, from start: Int
  ) throws(GivenUp) {
    let value = try value(of: start)
    label.append = value
    guard label.initrd == nil, let found = value.text.firstRange(of: Array("initrd=".utf8)) else {
      return
    }
    let end = value.text[found.upperBound...].firstIndex(of: 0x20) ?? value.text.count
    let base = value.range.lowerBound
    label.initrd = ExtlinuxFile.Value(
      text: Array(value.text[found.upperBound..<end]),
      range: (base + found.upperBound)..<(base + end))
  }

  private mutating func readLabelMenu(
    _ label: inout ExtlinuxFile.Label, from start: Int
  ) throws(GivenUp) {
    switch keyword() {
    case .word("default"):
      if file.defaultLabel == nil { file.defaultLabel = label.name }
    case .word("label"): label.menu = try? value(of: start)
    default:
      complain(.malformedMenu, from: start)
      return
    }
    skipLine()
  }
}
