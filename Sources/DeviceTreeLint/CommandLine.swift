import BootImages
import DeviceTree

/// A command line, as whoever gets it takes it apart.
struct CommandLine {
  enum Reader: Hashable {
    /// Words end at blanks; quotes and other white space are letters like any other. Of each word so
    /// many bytes are looked at.
    case xen(longestWord: Int)
    /// Words end at white space outside of double quotes, and `--` ends what the kernel reads.
    case linux
  }

  /// The property that the line comes from.
  let text: String
  let node: NodeID
  let property: PropertyID
  let reader: Reader

  /// Bytes that Xen takes of a word; it drops the rest without a message.
  ///
  /// Source: the buffer `opt` of Xen's `cmdline_parse`, `xen/common/kernel.c`.
  static func longestWord(_ xen: XenVersion) -> Int {
    xen >= XenVersion(major: 4, minor: 10) ? 127 : 99
  }

  /// The words, in order.
  var words: [Substring] {
    switch reader {
    case .xen(let longest):
      text.utf8.split(separator: UInt8(ascii: " ")).map { Substring($0.prefix(longest)) }
    case .linux: linuxWords
    }
  }

  /// What stands behind `NAME=` in the last word of that name, which is the one that counts.
  func value(_ name: String) -> Substring? { values(name).last }

  /// The values of every word `NAME=`.
  func values(_ name: String) -> [Substring] {
    let start = name + "="
    return words.filter { $0.hasPrefix(start) }.map { word in
      let value = word.dropFirst(start.count)
      return reader == .linux ? Self.unquoted(value) : value
    }
  }

  /// Source: Linux `lib/cmdline.c`, `next_arg`; `kernel/params.c`, `parse_args`.
  private var linuxWords: [Substring] {
    var isQuoted = false
    var words: [Substring] = []
    let split = text.utf8.split { byte in
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      return !isQuoted && (byte == UInt8(ascii: " ") || (9...13).contains(byte))
    }
    for word in split {
      let word = Self.unquoted(Substring(word))
      if word == "--" { break }
      words.append(word)
    }
    return words
  }

  /// Without the quotes around it.
  private static func unquoted(_ text: Substring) -> Substring {
    guard text.first == "\"" else { return text }
    let inside = text.dropFirst()
    return inside.last == "\"" ? inside.dropLast() : inside
  }
}
