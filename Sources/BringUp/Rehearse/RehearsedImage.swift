public import Boards
import BootImages
import Diagnostics
import Files
import Measures
public import SystemPackage
public import Workspace

/// An image and the board that it is for.
public struct RehearsedImage: Sendable {
  public let image: FilePath
  public let board: Board
  public let soc: SoC
  /// The bootloader beside the image, where the machine takes it from there.
  public let firmware: FilePath?

  /// - Parameters:
  ///   - name: the board; nil to go by the manifest beside the image, else by the name of the tree
  ///     that its SPL was built with.
  public init(
    _ image: FilePath, board name: String?, project folder: FilePath = ".",
    in surroundings: Surroundings
  ) throws {
    self.image = image
    let catalogue = try DataFiles(project: folder, surroundings: surroundings).boards()
    let beside = image.removingLastComponent()
    let bytes = try FileBytes(disk: image)
    if let name = name ?? BuildOrigin(besideImage: image)?.board {
      board = try catalogue.board(named: name)
    } else if let found = Self.boardOfSPL(bytes, in: catalogue) {
      board = found
    } else {
      throw RehearsalError.unknownBoard(image)
    }
    soc = try catalogue.soc(of: board)
    let firmware = beside.appending("boot").appending(BuildPlan.firmwareName)
    self.firmware =
      board.machine?.bootloaderIsFirmware == true && isRegularFile(firmware) ? firmware : nil
  }

  private static func boardOfSPL(
    _ bytes: FileBytes, in catalogue: BoardCatalogue
  ) -> Board? {
    for board in catalogue.boards {
      guard let soc = try? catalogue.soc(of: board), let place = soc.spl else { continue }
      let start = bytes.read(1 << 16, at: place.offset.rawValue)
      guard let spl = try? SPLImage(parsing: start.span.bytes), let tree = spl.treeName else {
        continue
      }
      if case .kernel(let file) = board.tree.origin, file.hasSuffix("\(tree).dtb") { return board }
    }
    return nil
  }
}

private func isRegularFile(_ path: FilePath) -> Bool { (try? fileSize(path)) != nil }
