public import Boards
import Synchronization

extension DataFiles {
  /// Finds the board or SoC that a tree is for, by the entries of its root's `compatible`, and reads
  /// only the files that it needs: a linter that judges one tree has no time for all of them.
  public struct Matching: Sendable {
    private let boards: Files<Board>
    private let socs: Files<SoC>

    fileprivate init(boards: [TextFile], socs: [TextFile]) {
      self.boards = Files(boards) { file throws(BoardError) in
        try Board(text: file.text, file: file.file)
      }
      self.socs = Files(socs) { file throws(BoardError) in
        try SoC(text: file.text, file: file.file)
      }
    }

    /// The board whose first entry the names hold, and its SoC; else the SoC alone.
    public func target(
      compatible names: [String]
    ) throws(BoardError) -> (board: Board?, soc: SoC?) {
      for name in names {
        for number in boards.holding(name) {
          let board = try boards.read(number)
          guard board.identity.compatible.first == name else { continue }
          return (board, try soc(compatible: board.identity.compatible))
        }
      }
      return (nil, try soc(compatible: names))
    }

    private func soc(compatible names: [String]) throws(BoardError) -> SoC? {
      for name in names {
        for number in socs.holding(name) {
          let soc = try socs.read(number)
          if soc.identity.treeCompatible == name { return soc }
        }
      }
      return nil
    }
  }

  /// Files, and what those that were asked for have said: many trees of a folder are for one chip.
  private final class Files<Value: Sendable>: Sendable {
    private let files: [TextFile]
    /// Numbers of the files that hold a text in quotes.
    private let byText: [String: [Int]]
    private let parse: @Sendable (TextFile) throws(BoardError) -> Value
    private let known = Mutex<[Int: Value]>([:])

    init(
      _ files: [TextFile], parse: @escaping @Sendable (TextFile) throws(BoardError) -> Value
    ) {
      self.files = files
      self.parse = parse
      byText = Self.index(files)
    }

    /// `compatible` values hold commas, so board files have them in quotes.
    private static func index(_ files: [TextFile]) -> [String: [Int]] {
      var index: [String: [Int]] = [:]
      for (number, file) in files.enumerated() {
        let parts = file.text.utf8.split(
          separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
        for part in stride(from: 1, to: parts.count, by: 2).map({ parts[$0] })
        where part.contains(UInt8(ascii: ",")) {
          index[String(Substring(part)), default: []].append(number)
        }
      }
      return index
    }

    func holding(_ text: String) -> [Int] { byText[text] ?? [] }

    func read(_ number: Int) throws(BoardError) -> Value {
      if let value = known.withLock({ $0[number] }) { return value }
      let value = try parse(files[number])
      known.withLock { $0[number] = value }
      return value
    }
  }

  public func matching() throws -> Matching {
    Matching(boards: try texts(in: "Boards"), socs: try texts(in: "Boards/soc"))
  }
}
