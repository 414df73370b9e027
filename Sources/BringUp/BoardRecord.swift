import Boards
import Measures

/// What is known of a board, for programs.
struct BoardRecord: Encodable {
  struct Console: Encodable {
    let linux: String
    let xenUART: String

    enum CodingKeys: String, CodingKey {
      case linux
      case xenUART = "xen_uart"
    }
  }

  struct Bootloader: Encodable {
    let package: String
    let member: String
  }

  struct Dom0: Encodable {
    let memory: UInt64
    let arguments: [String]
  }

  struct Source: Encodable {
    let section: String
    let source: String
  }

  let board: String
  let model: String
  let status: String
  let compatible: [String]
  let soc: String
  /// Each variant's, in bytes.
  let memory: [UInt64]
  let console: Console
  /// Nil where no package is known to hold one.
  let bootloader: Bootloader?
  /// Nil where the machine makes its own.
  let tree: String?
  let load: [String: String]
  let dom0: Dom0
  /// The board that QEMU boots in its place, or itself.
  let emulatedBy: String?
  let sources: [Source]

  enum CodingKeys: String, CodingKey {
    case board, model, status, compatible, soc, memory, console, bootloader, tree, load, dom0
    case emulatedBy = "emulated_by"
    case sources
  }

  init(_ report: BoardReport) {
    let (board, soc) = (report.board, report.soc)
    self.board = board.name
    model = board.identity.model
    status = board.status.rawValue
    compatible = board.identity.compatible
    self.soc = soc.name
    memory = board.memory.variants.map(\.rawValue)
    console = Console(linux: board.console.linux.description, xenUART: board.console.xenUART)
    bootloader = board.bootloader.map { Bootloader(package: $0.package, member: $0.member) }
    tree = if case .kernel(let file) = board.tree.origin { file } else { nil }
    load = soc.load.all.reduce(into: [:]) { $0[$1.name] = $1.address.description }
    dom0 = Dom0(memory: board.dom0.memory.rawValue, arguments: board.dom0.arguments)
    emulatedBy = report.standIn?.name
    sources = (board.sources + soc.sources).map { Source(section: $0.section, source: $0.source) }
  }
}

extension BoardReport: Encodable {
  public func encode(to encoder: any Encoder) throws {
    try BoardRecord(self).encode(to: encoder)
  }
}
