import Boards
import Measures
import Workspace

/// The two command lines of a boot under Xen.
public struct CommandLines: Sendable, Hashable {
  public let xen: String
  public let dom0: String

  /// What the board needs, then what the project adds: of an option given twice, Xen and Linux
  /// take the last.
  init(project: Project, board: Board) {
    let needed = CommandLines(
      console: board.console.xenUART, dom0: project.dom0.memory ?? board.dom0.memory,
      words: board.dom0.arguments)
    var xen = [needed.xen]
    if let vcpus = project.dom0.vcpus { xen.append("dom0_max_vcpus=\(vcpus)") }
    self.xen = (xen + Self.words(project.xen.arguments)).joined(separator: " ")
    self.dom0 = ([needed.dom0] + Self.words(project.dom0.arguments)).joined(separator: " ")
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
  }

  /// A size in the letters that Xen knows: `512M`, `1048576K`.
  private static func xenSize(_ size: ByteCount) -> String {
    let kibibytes = size.rawValue >> 10
    return kibibytes % 1024 == 0 ? "\(kibibytes >> 10)M" : "\(kibibytes)K"
  }

  private static func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}
