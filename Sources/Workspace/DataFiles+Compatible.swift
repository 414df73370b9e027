public import Boards
import Synchronization

extension DataFiles {
  /// Finds the board or SoC that a tree is for, by the entries of its root's `compatible`, and reads
  /// only the files that it needs: a linter that judges one tree has no time for all of them.
  public struct Matching: Sendable {
    private let boards: Files<Board>
    private let socs: Files<SoC>

    fileprivate init(boards: [BoardFile], socs: [BoardFile]) {
      self.boards = Files(boards) { file throws(BoardError) in try file.board() }
      self.socs = Files(socs) { file throws(BoardError) in try file.soc() }
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
    private let files: [BoardFile]
    /// Numbers of the files that hold an entry.
    private let byCompatible: [String: [Int]]
    private let parse: @Sendable (BoardFile) throws(BoardError) -> Value
    /// By the files' numbers. Not a dictionary: its type would be made at run time, which takes longer
    /// than to read a file.
    private let known: Mutex<[Value?]>

    init(
      _ files: [BoardFile], parse: @escaping @Sendable (BoardFile) throws(BoardError) -> Value
    ) {
      self.files = files
      self.parse = parse
      var index: [String: [Int]] = [:]
      for (number, file) in files.enumerated() {
        for compatible in file.compatibles { index[compatible, default: []].append(number) }
      }
      byCompatible = index
      known = Mutex(Array(repeating: nil, count: files.count))
    }

    func holding(_ compatible: String) -> [Int] { byCompatible[compatible] ?? [] }

    func read(_ number: Int) throws(BoardError) -> Value {
      if let value = known.withLock({ $0[number] }) { return value }
      let value = try parse(files[number])
      known.withLock { $0[number] = value }
      return value
    }
  }

  public func matching() throws -> Matching {
    Matching(boards: try boardFiles(in: "Boards"), socs: try boardFiles(in: "Boards/soc"))
  }
}
