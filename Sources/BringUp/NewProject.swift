public import Boards
import Diagnostics
import Files
import Measures
public import SystemPackage
public import Workspace

/// The commented project file that `ctboot init` writes.
public struct NewProject: Sendable {
  public let board: Board
  private let text: String

  /// - Parameter board: has to be one that is known.
  public init(board name: String, in surroundings: Surroundings) throws {
    let data = try DataFiles(project: ".", surroundings: surroundings)
    board = try data.boards().board(named: name)
    text = try data.template("ctboot.yaml").text.replacing("{{{board}}}", with: board.name)
      .replacing("{{{memory}}}", with: board.dom0.memory.compact)
  }

  /// Writes the file, and never over one that is there.
  public func write(to file: FilePath) throws {
    try AtomicFile.create(Array(text.utf8), at: file)
  }
}
