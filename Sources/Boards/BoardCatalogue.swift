import Diagnostics
import Measures

/// Every known board and SoC, checked against each other.
///
/// A later board or SoC of the same name never replaces an earlier one silently: whoever lays a
/// user's files over ours leaves ours out.
public struct BoardCatalogue: Sendable, Hashable {
  /// Sorted by name.
  public let boards: [Board]
  /// Sorted by name.
  public let socs: [SoC]

  public init(socs: [SoC], boards: [Board]) throws(BoardError) {
    self.socs = socs.sorted { $0.name < $1.name }
    self.boards = boards.sorted { $0.name < $1.name }
    try refuseSameNames()
    for board in self.boards {
      let soc = try soc(of: board)
      try Self.checkIdentity(of: board, soc: soc)
      try Self.checkMemory(of: board, soc: soc)
      _ = try standIn(for: board)
    }
  }

  /// The board of this name.
  public func board(named name: String) throws(BoardError) -> Board {
    if let board = boards.first(where: { $0.name == name }) { return board }
    let known = boards.map(\.name)
    throw .noSuchBoard(name, nearest: Spelling.nearest(to: name, among: known), known: known)
  }

  /// The chip on a board.
  public func soc(of board: Board) throws(BoardError) -> SoC {
    if let soc = socs.first(where: { $0.name == board.soc }) { return soc }
    let known = socs.map(\.name)
    throw .noSuchSoC(
      board.soc, nearest: Spelling.nearest(to: board.soc, among: known), known: known,
      at: board.places.soc)
  }

  /// Which board boots in an emulator when this one is meant (itself or its sister), and how; nil
  /// where there is no way.
  public func standIn(
    for board: Board
  ) throws(BoardError) -> (board: Board, emulation: Emulation)? {
    switch board.emulation?.way {
    case nil: return nil
    case .machine(let emulation): return (board, emulation)
    case .sister(let name):
      guard let sister = boards.first(where: { $0.name == name }) else {
        throw .noSuchSister(
          name, nearest: Spelling.nearest(to: name, among: boards.map(\.name)),
          at: board.places.emulation)
      }
      guard case .machine(let emulation) = sister.emulation?.way else {
        throw .sisterWithoutMachine(name, at: board.places.emulation)
      }
      return (sister, emulation)
    }
  }

  private func refuseSameNames() throws(BoardError) {
    for (one, next) in zip(boards, boards.dropFirst()) where one.name == next.name {
      throw .sameName(one.name, file: one.file, other: next.file)
    }
    for (one, next) in zip(socs, socs.dropFirst()) where one.name == next.name {
      throw .sameName(one.name, file: one.file, other: next.file)
    }
  }

  private static func checkIdentity(of board: Board, soc: SoC) throws(BoardError) {
    let wanted = soc.identity.treeCompatible
    guard board.identity.compatible.contains(wanted) else {
      throw .compatibleWithoutSoC(
        board: board.name, soc: soc.name, wanted: wanted, at: board.places.compatible)
    }
  }

  private static func checkMemory(of board: Board, soc: SoC) throws(BoardError) {
    for size in board.memory.variants {
      guard let memory = AddressRange(start: soc.dram.base, size: size),
        soc.dram.window.contains(memory)
      else {
        throw .memoryBeyondDRAM(
          size, window: soc.dram.window, soc: soc.name, at: board.places.memory)
      }
      for (name, address) in soc.load.all where address >= memory.end {
        throw .loadBeyondMemory(
          name: name, address, memory: memory, soc: soc.name, at: board.places.memory)
      }
    }
  }
}
