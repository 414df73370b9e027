public import Boards
import Measures
import Reports

/// What is known of boards, as `ctboot boards` shows it.
public struct BoardReport: Sendable {
  public let board: Board
  public let soc: SoC
  /// The board that is emulated when this one is meant.
  public let standIn: Board?

  public init(_ board: Board, in catalogue: BoardCatalogue) throws {
    self.board = board
    soc = try catalogue.soc(of: board)
    standIn = try catalogue.standIn(for: board)?.board
  }

  /// All boards, a line each.
  public static func list(_ reports: [BoardReport]) -> String {
    var table = TextTable()
    for report in reports {
      table.add(
        report.board.name, report.soc.name,
        report.board.memory.variants.map(\.compact).joined(separator: ", "),
        report.emulationWords, report.board.identity.model)
    }
    return table.lines(indent: 0).joined(separator: "\n") + "\n"
  }

  /// One board with everything that is known of it and where it is known from.
  public var text: String {
    var table = TextTable()
    table.add("board", board.name)
    table.add("model", board.identity.model)
    table.add("status", board.status.rawValue)
    table.add("compatible", board.identity.compatible.joined(separator: ", "))
    table.add("SoC", "\(soc.name): \(soc.title)")
    table.add("memory", board.memory.variants.map(\.description).joined(separator: " or "))
    table.add("RAM from", soc.dram.base.description)
    for range in board.memory.further { table.add("further RAM", range.description) }
    table.add("console", "\(board.console.linux), for Xen \(board.console.xenUART)")
    table.add(
      "bootloader",
      board.bootloader.map { "\($0.package): \($0.member)" } ?? "no package is known to hold it")
    if let spl = soc.spl {
      table.add("SPL", "at \(spl.offset) of the card, at most \(spl.limit)")
    }
    switch board.tree.origin {
    case .kernel(let file): table.add("tree", file)
    case .machine: table.add("tree", "made by the machine")
    }
    for (name, address) in soc.load.all { table.add("load \(name)", address.description) }
    table.add(
      "dom0",
      (["dom0_mem=\(board.dom0.memory.compact)"] + board.dom0.arguments)
        .joined(separator: " "))
    table.add("emulated", emulationWords)
    var lines = table.lines(indent: 0) + ["", "sources of \(board.file)"]
    table = TextTable()
    for note in board.sources { table.add(note.section, note.source) }
    lines += table.lines() + ["sources of \(soc.file)"]
    table = TextTable()
    for note in soc.sources { table.add(note.section, note.source) }
    return (lines + table.lines()).joined(separator: "\n") + "\n"
  }

  private var emulationWords: String {
    guard let standIn else { return "no" }
    return standIn.name == board.name ? "in QEMU" : "by its sister \(standIn.name)"
  }
}
