import Boards
public import Diagnostics
import Files
import Measures
import Partitions
public import SystemPackage
public import Workspace

/// What an image or a card holds, and whether it would boot.
public struct InspectedCard: Sendable {
  public let contents: CardContents
  /// How it was made, where the manifest beside it speaks of this disk.
  public let origin: BuildOrigin?
  public let verdict: Verdict
  /// What is wrong with it, in the order of the boot; errors are what keeps it from booting.
  public let findings: [Diagnostic]

  /// Whether it would boot.
  public enum Verdict: Sendable {
    case boots(RehearsedBoot)
    /// With the rehearsal, where there could be one.
    case fails(RehearsedBoot?)
    /// No fault is found, and the boot could not be played, for this reason.
    case unknown(Diagnostic)

    public var boot: RehearsedBoot? {
      switch self {
      case .boots(let boot): boot
      case .fails(let boot): boot
      case .unknown: nil
      }
    }
  }

  /// Reads the card and plays its boot. Nothing is written to it.
  ///
  /// - Parameter name: the board's; nil to find it out as a rehearsal does.
  public init(
    _ path: FilePath, board name: String? = nil, in surroundings: Surroundings
  ) throws {
    var reason: Diagnostic?
    func known<Value>(_ body: () throws -> Value) throws -> Value? {
      do {
        return try body()
      } catch let error as RehearsalError {
        reason = error.diagnostic
        return nil
      }
    }
    let subject = try known { try RehearsedImage(path, board: name, in: surroundings) }
    let places: [ByteCount] =
      if let subject {
        subject.board.machine?.bootloaderIsFirmware == true
          ? [] : [subject.soc.spl?.offset].compactMap { $0 }
      } else {
        try DataFiles(project: ".", surroundings: surroundings).boards().splPlaces
      }
    let contents = try CardContents(path, splPlaces: places)
    self.contents = contents
    origin = BuildOrigin(besideImage: path).flatMap {
      $0.made(diskWithID: contents.partitions.id) ? $0 : nil
    }
    let boot = try subject.flatMap { subject in
      try known {
        try RehearsedBoot(
          image: path, board: subject.board, soc: subject.soc, firmware: subject.firmware)
      }
    }
    let unplayed =
      boot == nil
      ? UnplayedScripts.findings(
        contents.scripts, of: contents.files, on: try FileBytes(disk: path)) : []
    findings =
      CardFaults(
        card: contents, splPlaces: places, splLimit: subject?.soc.spl?.limit, boot: boot,
        unplayed: unplayed
      ).all
    if findings.contains(where: { $0.severity == .error }) || boot?.isFine == false {
      verdict = .fails(boot)
    } else if let boot {
      verdict = .boots(boot)
    } else {
      verdict = .unknown(reason ?? RehearsalError.unknownBoard(path).diagnostic)
    }
  }
}
