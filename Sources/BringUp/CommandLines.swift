import Boards
import Measures
import Workspace

/// The command lines of a boot; those that it has not are empty.
public struct CommandLines: Sendable, Hashable {
  public let xen: String
  public let dom0: String
  /// Of Linux without Xen.
  public let linux: String

  /// What the board needs, then what the project adds: of an option given twice, Xen and Linux
  /// take the last.
  ///
  /// - Parameter root: the words by which Linux finds its root; none where it has the RAM disk alone.
  init(project: Project, board: Board, root: [String] = []) {
    guard project.flow.hasXen else {
      let needed = ["console=\(board.console.linux)"] + root
      linux = (needed + Self.given(project.linux.arguments)).joined(separator: " ")
      (xen, dom0) = ("", "")
      return
    }
    guard project.flow != .dom0less else {
      let needed = CommandLines(console: board.console.xenUART, dom0: nil, words: [])
      xen = ([needed.xen] + Self.given(project.xen.arguments)).joined(separator: " ")
      (dom0, linux) = ("", "")
      return
    }
    let needed = CommandLines(
      console: board.console.xenUART, dom0: project.dom0.memory ?? board.dom0.memory,
      words: board.dom0.arguments + root)
    var xen = [needed.xen]
    if let vcpus = project.dom0.vcpus { xen.append("dom0_max_vcpus=\(vcpus)") }
    self.xen = (xen + Self.given(project.xen.arguments)).joined(separator: " ")
    self.dom0 = ([needed.dom0] + Self.given(project.dom0.arguments)).joined(separator: " ")
    linux = ""
  }

  /// What any boot needs.
  ///
  /// - Parameters:
  ///   - memory: dom0's; nil where there is no dom0, which then has no command line.
  ///   - words: further words for dom0.
  init(console: String, dom0 memory: ByteCount?, words: [String]) {
    let dom0Memory = memory.map { ["dom0_mem=\(Self.xenSize($0))"] } ?? []
    xen = (["console=dtuart", "dtuart=\(console)"] + dom0Memory).joined(separator: " ")
    dom0 = memory == nil ? "" : (["console=hvc0"] + words).joined(separator: " ")
    linux = ""
  }

  /// What Linux on 32-bit ARM takes of a command line, a NUL at its end among it; the rest it cuts off
  /// (`COMMAND_LINE_SIZE`, Linux `arch/arm/include/uapi/asm/setup.h`).
  static let longestForLinux = 1024

  /// Xen's and dom0's are judged with their tree.
  func checkLinux() throws(BuildError) {
    let length = linux.utf8.count
    guard length < Self.longestForLinux else {
      throw .argumentsTooLong(length, limit: Self.longestForLinux - 1)
    }
  }

  /// Those that there are, with whose they are.
  var all: [(owner: String, text: String)] {
    [("Xen", xen), ("dom0", dom0), ("Linux", linux)].filter { !$0.1.isEmpty }
  }

  /// A size in the letters that Xen knows: `512M`, `1048576K`.
  private static func xenSize(_ size: ByteCount) -> String {
    let kibibytes = size.rawValue >> 10
    return kibibytes % 1024 == 0 ? "\(kibibytes >> 10)M" : "\(kibibytes)K"
  }

  /// What stands in the project file, as it stands there: blanks between quotes count.
  private static func given(_ text: String) -> [String] {
    let words = text.drop { $0 == " " }
    guard let last = words.lastIndex(where: { $0 != " " }) else { return [] }
    return [String(words[...last])]
  }
}
