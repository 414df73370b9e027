public import Boards
import StrictYAML

/// A file of Boards: a shipped one, which the build has parsed, or one of the user's.
struct BoardFile: Sendable {
  private enum Content: Sendable {
    case text(String)
    case packed(PackedYAML)
  }

  let file: String
  private let content: Content
  /// What may be an entry of a tree's `compatible` in it.
  let compatibles: [String]

  init(_ shipped: ShippedData.Board) {
    file = shipped.path
    content = .packed(PackedYAML(text: shipped.packed))
    compatibles = shipped.compatibles
  }

  init(_ own: DataFiles.TextFile) {
    file = own.file
    content = .text(own.text)
    // These values hold commas, so board files have them in quotes.
    compatibles = own.text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 && $0.element.contains(",") }.map { String($0.element) }
  }

  func board() throws(BoardError) -> Board { try Board(document(), file: file) }

  func soc() throws(BoardError) -> SoC { try SoC(document(), file: file) }

  func document() throws(BoardError) -> YAMLDocument {
    do {
      switch content {
      case .text(let text): return try YAMLDocument(text: text, file: file)
      case .packed(let packed): return try YAMLDocument(packed, file: file)
      }
    } catch {
      throw .yaml(error)
    }
  }
}

extension DataFiles {
  /// All boards and SoCs there are.
  public func boards() throws -> BoardCatalogue {
    let socs = try boardFiles(in: "Boards/soc").map { try $0.soc() }
    let boards = try boardFiles(in: "Boards").map { try $0.board() }
    return try BoardCatalogue(socs: socs, boards: boards)
  }

  /// Where a distribution keeps what a board boots.
  public func distribution(_ name: String) throws -> Distribution {
    let path = "Boards/distribution/\(name).yaml"
    let shipped = ShippedData.boards.first { $0.path == path }.map { BoardFile($0) }
    guard let file = try ownText(at: path).map({ BoardFile($0) }) ?? shipped else {
      throw DataFileError.missing(path)
    }
    return try Distribution(file.document(), file: file.file)
  }

  /// All board files directly in a folder, by their names; a user's comes in a shipped one's place.
  func boardFiles(in folder: String) throws -> [BoardFile] {
    var found = try ownTexts(in: folder).mapValues { BoardFile($0) }
    for shipped in ShippedData.boards
    where found[shipped.path] == nil && Self.isYAML(shipped.path, in: folder) {
      found[shipped.path] = BoardFile(shipped)
    }
    return found.sorted { $0.key < $1.key }.map(\.value)
  }
}
