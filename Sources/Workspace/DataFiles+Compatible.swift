public import Boards

extension DataFiles {
  /// Finds the board or SoC that a tree is for, by the entries of its root's `compatible`, and reads
  /// only the files that it needs: a linter that judges one tree has no time for all of them.
  public struct Matching: Sendable {
    private let boards: [TextFile]
    private let socs: [TextFile]
    /// Numbers of the board files that hold a text in quotes.
    private let boardsByText: [Substring: [Int]]
    private let socsByText: [Substring: [Int]]

    fileprivate init(boards: [TextFile], socs: [TextFile]) {
      self.boards = boards
      self.socs = socs
      boardsByText = Self.index(boards)
      socsByText = Self.index(socs)
    }

    /// `compatible` values hold commas, so board files have them in quotes.
    private static func index(_ files: [TextFile]) -> [Substring: [Int]] {
      var index: [Substring: [Int]] = [:]
      for (number, file) in files.enumerated() {
        let parts = file.text.split(separator: "\"", omittingEmptySubsequences: false)
        for part in stride(from: 1, to: parts.count, by: 2).map({ parts[$0] })
        where part.utf8.contains(UInt8(ascii: ",")) {
          index[part, default: []].append(number)
        }
      }
      return index
    }

    /// The board whose first entry the names hold, and its SoC; else the SoC alone.
    public func target(
      compatible names: [String]
    ) throws(BoardError) -> (board: Board?, soc: SoC?) {
      for name in names {
        for number in boardsByText[name[...]] ?? [] {
          let board = try Board(text: boards[number].text, file: boards[number].file)
          guard board.identity.compatible.first == name else { continue }
          return (board, try soc(compatible: board.identity.compatible))
        }
      }
      return (nil, try soc(compatible: names))
    }

    private func soc(compatible names: [String]) throws(BoardError) -> SoC? {
      for name in names {
        for number in socsByText[name[...]] ?? [] {
          let soc = try SoC(text: socs[number].text, file: socs[number].file)
          if soc.identity.treeCompatible == name { return soc }
        }
      }
      return nil
    }
  }

  public func matching() throws -> Matching {
    Matching(boards: try texts(in: "Boards"), socs: try texts(in: "Boards/soc"))
  }
}
