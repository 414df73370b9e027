import Boards
import BootImages
import Bytes
import Files
import Measures
import Partitions
import Rehearsal
import SystemPackage

/// The U-Boot that is rehearsed: what can be read out of the program itself.
struct RehearsedBootloader {
  let version: UBootVersion?
  /// What it starts with when none was saved.
  let environment: [String: String]
  /// The names of its commands; empty where its table was not found.
  let commands: Set<String>

  /// The first release of U-Boot's own that starts these boards as today's do: in HYP mode, with PSCI,
  /// by a tree.
  private static let modern = "2014.10"

  /// Bytes from a card's start in which nobody's bootloader ends later.
  private static let longest: UInt64 = 4 << 20

  /// - Parameters:
  ///   - image: the card.
  ///   - firmware: the bootloader, where the machine does not take it from the card.
  init(
    in image: FileBytes, of path: FilePath, _ partitions: DiskPartitions, soc: SoC,
    firmware: FilePath?
  ) throws {
    let bytes = try Self.bytes(of: image, partitions, soc: soc, firmware: firmware)
    let span = bytes.span.bytes
    guard let environment = UBootEnvironment(searching: span) else {
      throw RehearsalError.noEnvironment(firmware ?? path)
    }
    self.environment = environment.values
    version = UBootVersion(searching: span)
    commands = Set(Self.table(in: bytes, isBare: firmware != nil)?.names ?? [])
  }

  private static func bytes(
    of image: FileBytes, _ partitions: DiskPartitions, soc: SoC, firmware: FilePath?
  ) throws -> [UInt8] {
    if let firmware { return try readFile(firmware, limit: .mebibytes(16)) }
    guard let spl = soc.spl else { throw RehearsalError.noFirmware(soc: soc.name) }
    return bytes(of: image, partitions, from: spl.offset.rawValue)
  }

  /// What lies on a card from where its boot ROM looks: an SPL and a U-Boot end before the first
  /// partition.
  static func bytes(
    of card: any ByteSource, _ partitions: DiskPartitions, from offset: UInt64
  ) -> [UInt8] {
    let first = partitions.entries.map(\.bytes.lowerBound).min()
    let end = min(first ?? longest, longest)
    return end > offset ? card.read(Int(end - offset), at: offset) : []
  }

  private static func table(in bytes: [UInt8], isBare: Bool) -> UBootCommandTable? {
    // A program that a machine starts as its firmware is linked for address 0.
    let span = bytes.span.bytes
    if isBare { return UBootCommandTable(searching: span, linkedFor: 0) }
    guard let layout = try? BootloaderLayout(parsing: span),
      case .legacy(let program) = layout.payload,
      let base = UInt32(exactly: program.load.rawValue)
    else { return nil }
    return UBootCommandTable(searching: span.extracting(program.payload), linkedFor: base)
  }

  /// What is played: the build in the image on the smallest variant of the board.
  func profile(of board: Board, on soc: SoC) throws -> UBootProfile {
    var environment = environment
    // What the board's own code sets before it looks for a script: started from the card.
    environment["mmc_bootdev"] = environment["mmc_bootdev"] ?? "0"
    var profile = UBootProfile(
      version: version?.release ?? "of unknown version",
      banks: [try board.smallestMemory(on: soc)] + board.memory.further,
      own: try board.bootloaderReserve(on: soc), commands: commands, environment: environment,
      entersHYP: soc.processor.hyp, hasPSCI: soc.psci != nil, longestKernel: 8 << 20)
    if isOld { profile.makeOld(tags: Address(soc.dram.base.rawValue + 0x100)) }
    return profile
  }

  /// Whether it is one of those that vendors' kernels were started by.
  var isOld: Bool { version?.isOlder(than: Self.modern) ?? false }
}

extension UBootProfile {
  /// The sunxi U-Boot of 2013 and 2014, by its sources (`include/configs/sunxi-common.h`,
  /// `arch/arm/lib/bootm.c`, `common/cmd_bootm.c` of 2014.04): short lines, no HYP mode, no PSCI, and
  /// ATAGS for kernels without a tree.
  fileprivate mutating func makeOld(tags: Address) {
    lineSize = 256
    entersHYP = false
    hasPSCI = false
    appliesOverlays = false
    longestKernel = nil
    self.tags = tags
  }
}
