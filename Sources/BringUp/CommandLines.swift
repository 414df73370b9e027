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
    var xen = ["console=dtuart", "dtuart=\(board.console.xenUART)"]
    let memory = project.dom0.memory ?? board.dom0.memory
    xen.append("dom0_mem=\(Self.xenSize(memory))")
    if let vcpus = project.dom0.vcpus { xen.append("dom0_max_vcpus=\(vcpus)") }
    xen += Self.words(project.xen.arguments)
    self.xen = xen.joined(separator: " ")
    self.dom0 =
      (["console=hvc0"] + board.dom0.arguments + Self.words(project.dom0.arguments))
      .joined(separator: " ")
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
