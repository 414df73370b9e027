import Boards
public import Diagnostics
import Ext4
import Files
import ImagePlan
import ImageWriter
import Measures
import Reports
public import SystemPackage
public import Workspace

/// From a project to its files: gather, plan, perform.
public struct Build: Sendable {
  public let plan: BuildPlan
  private let report: @Sendable (Diagnostic) -> Void

  /// Gathers the project's inputs and plans the build; writes nothing but the cache of packages.
  ///
  /// - Parameter report: hears of what is worth knowing on the way.
  public init(
    _ project: Project, in surroundings: Surroundings,
    report: @escaping @Sendable (Diagnostic) -> Void
  ) async throws {
    self.report = report
    guard project.domains.isEmpty || project.flow.hasXen else {
      throw BuildError.unusedGuests(
        flow: project.flow.rawValue, project.domains.first?.files.first?.file.span)
    }
    let clock = ContinuousClock()
    let start = clock.now
    let data = try DataFiles(project: project.folder, surroundings: surroundings)
    let catalogue = try data.boards()
    let board = try catalogue.board(named: project.board)
    let soc = try catalogue.soc(of: board)
    guard soc.processor.architecture == .arm32 else {
      throw BuildError.otherArchitecture(soc: soc.title)
    }
    let gathering = try InputGathering(
      project: project, board: board, data: data, surroundings: surroundings, report: report)
    let inputs = try await gathering.inputs()
    let root = try await gathering.root(on: soc)
    let guests =
      project.flow.hasXen ? try Guests(project.domains, in: project.folder, for: soc) : Guests()
    let gathered = clock.now
    plan = try BuildPlan(
      project: project, board: board, soc: soc, inputs: inputs, guests: guests, root: root,
      data: data, epoch: surroundings.epoch)
    plan.warnings.forEach(report)
    report(Self.taken("gathering the inputs", gathered - start))
    report(Self.taken("planning", clock.now - gathered))
  }

  private static func taken(_ what: String, _ time: Duration) -> Diagnostic {
    let (seconds, attoseconds) = time.components
    let tenths = seconds * 10_000 + attoseconds / 100_000_000_000_000
    return Diagnostic(.info, "\(what) took \(tenths / 10).\(tenths % 10) ms")
  }

  /// Writes all files of the build into `folder`: every one is complete on the disk before the
  /// first takes its name, so that a failure leaves what an earlier build wrote.
  ///
  /// - Throws: also `CancellationError`, where the task is cancelled before that.
  /// - Returns: the image's path.
  @discardableResult
  public func write(into folder: FilePath) async throws -> FilePath {
    // By itself, so that a file in its place is named and not one below it.
    try ensureFolder(folder)
    let boot = folder.appending("boot")
    try ensureFolder(boot)
    let lock = try await lock(folder)
    let clock = ContinuousClock()
    let start = clock.now
    let image = folder.appending(plan.imageName)
    var outputs = AtomicFileSet()
    let card = try AtomicFile(replacing: image)
    let written = try write(onto: card)
    try outputs.add(card)
    for artefact in plan.artefacts {
      let file = boot.appending(artefact.name)
      // Some lie in a folder of the boot partition.
      try ensureFolder(file.removingLastComponent())
      try outputs.add(artefact.bytes, as: file)
    }
    if let firmware = plan.firmware {
      try outputs.add(firmware.bytes, as: boot.appending(BuildPlan.firmwareName))
    }
    let manifest = Array(try Manifest(plan, written).text().utf8)
    try outputs.add(manifest, as: folder.appending("manifest.json"))
    let map = MemoryMapSVG.text(
      try plan.memoryMap(), title: "Memory of the \(plan.board.name)")
    try outputs.add(Array(map.utf8), as: folder.appending(BuildPlan.mapName))
    // Whoever interrupts a build before its files have their names keeps the earlier ones.
    try Task.checkCancellation()
    try outputs.commit()
    lock.release()
    report(Self.taken("writing the image and its files", clock.now - start))
    return image
  }

  /// The image's bytes. The root streams into its place first: how large it is, the partition table
  /// has to say.
  private func write(onto card: borrowing AtomicFile) throws -> WrittenCard {
    guard let root = plan.root, let start = plan.image.rootOffset else {
      try card.write(plan.image)
      return WrittenCard(image: plan.image, root: nil)
    }
    let clock = ContinuousClock()
    let begun = clock.now
    let volume = try writeRoot(
      root.sources, root.options(epoch: plan.epoch), policy: root.policy,
      to: card, from: ByteCount(start))
    volume.notes.forEach(report)
    report(Self.taken("writing the root", clock.now - begun))
    let image = try plan.image(rootSize: volume.layout.size)
    try card.write(image)
    return WrittenCard(image: image, root: volume)
  }

  /// Keeps other builds out of the folder: the files of two would mix. While another is at work
  /// there, this waits without blocking a thread, and can be cancelled.
  private func lock(_ folder: FilePath) async throws -> FileLock {
    var isTold = false
    while true {
      do throws(FileError) {
        return try FileLock(tryingAt: folder.appending(".lock"))
      } catch {
        guard case .locked = error else { throw error }
        if !isTold {
          report(Diagnostic(.warning, "waiting for another build that writes into \(folder)"))
        }
        isTold = true
        try await Task.sleep(for: .milliseconds(50))
      }
    }
  }
}

/// What became of an image.
struct WrittenCard {
  let image: ImagePlan
  let root: RootVolume?
}

extension BuildPlan {
  /// The image's file name.
  public var imageName: String { "\(board.name).img" }

  /// The drawing of the memory map.
  static let mapName = "memory-map.svg"

  /// The file in `boot/` that a machine without a card slot's boot ROM starts from.
  static let firmwareName = "u-boot.bin"
}
