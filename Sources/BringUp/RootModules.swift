import Archives
public import Boards
import Files
public import Initramfs
public import KernelModules
import Measures
public import Packages
import SystemPackage

/// The kernel modules with which a board finds its root: which they are, in which order, and their bytes.
///
///     let modules = try await RootModules(for: root, on: board, with: soc)
///       .found(in: package, of: repository)
public struct RootModules: Sendable {
  /// By any name that modprobe would take.
  public let drivers: [String]
  /// Taken where they are there.
  public let helpers: [String]
  /// The ELF number of the board's processor.
  public let machine: UInt16

  /// More rounds than any kernel's modules are deep.
  private static let mostRounds = 64
  private static let largest = ByteCount.mebibytes(64)

  /// - Throws: `RootModulesError` where nobody has listed the drivers of the board.
  public init(for root: Root, on board: Board, with soc: SoC) throws(RootModulesError) {
    let known = [soc.drivers, board.drivers].compactMap { $0 }
    let drivers: [String] =
      switch root {
      case .partition: known.flatMap(\.disk)
      case .nfs: known.flatMap(\.network)
      }
    guard !drivers.isEmpty else { throw .noDrivers(board: board.name, soc: soc.name) }
    self.drivers = drivers + root.drivers
    helpers = root.helpers
    machine =
      switch soc.processor.architecture {
      case .arm32: 40
      case .arm64: 183
      }
  }

  /// Out of a kernel's package. What is taken once lies in the cache.
  public func found(
    in package: ResolvedPackage, of repository: DebianRepository
  ) async throws -> [RootInitramfs.Module] {
    let folder = try await repository.modules(of: package)
    return try await found(in: folder) { paths in
      let members = try await repository.members(of: package, wanted: paths.map { .init($0) })
      var files: [String: [UInt8]] = [:]
      for member in members { files[member.path] = try readFile(member.file, limit: Self.largest) }
      return files
    }
  }

  /// Out of any folder of modules.
  ///
  /// - Parameter read: gives the files at these paths of the listing, as they are stored, by their paths.
  public func found(
    in folder: ModuleFolder, read: (_ paths: [String]) async throws -> [String: [UInt8]]
  ) async throws -> [RootInitramfs.Module] {
    var search = ModuleSearch(for: drivers, helpedBy: helpers, in: folder, machine: machine)
    var contents: [String: [UInt8]] = [:]
    for _ in 0..<Self.mostRounds {
      let paths = search.unread
      guard !paths.isEmpty else { break }
      let files = try await read(paths)
      for path in paths {
        guard let stored = files[path] else { throw RootModulesError.unread(path: path) }
        let bytes = try Self.unpacked(stored, path)
        try search.add(bytes.span.bytes, from: path)
        contents[path] = bytes
      }
    }
    guard search.unread.isEmpty else { throw RootModulesError.tooDeep(release: folder.release) }
    return try search.loadOrder().map { load in
      guard let bytes = contents[load.path] else { throw RootModulesError.unread(path: load.path) }
      return RootInitramfs.Module(load, bytes: bytes)
    }
  }

  private static func unpacked(_ stored: [UInt8], _ path: String) throws(ArchiveError) -> [UInt8] {
    guard ModulePacking(ofFile: path) != .none else { return stored }
    return try PackedFile.unpack(stored, named: FilePath(path), limit: largest)
  }
}
