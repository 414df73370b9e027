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
  let report: @Sendable (Diagnostic) -> Void

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
  /// An image that is there and needs few changes is changed where it stands (`ImageUpdate`); what an
  /// earlier build left half done is undone first.
  ///
  /// - Parameter rehash: the root's sources are read again, however unchanged they look.
  /// - Throws: also `CancellationError`, where the task is cancelled before that.
  /// - Returns: the image's path.
  @discardableResult
  public func write(into folder: FilePath, rehash: Bool = false) async throws -> FilePath {
    // By itself, so that a file in its place is named and not one below it.
    try ensureFolder(folder)
    let boot = folder.appending("boot")
    try ensureFolder(boot)
    let lock = try await lock(folder)
    let clock = ContinuousClock()
    let start = clock.now
    let image = folder.appending(plan.imageName)
    let recovery = try recoverImage(at: image)
    if let found = recovery.diagnostic { report(found) }
    var outputs = AtomicFileSet()
    if !rehash, recovery.leavesTrust, let rebuild = rebuild(image) {
      tell(rebuild)
      try addFiles(rebuild.card, to: &outputs, in: folder)
      // From here on it is a matter of milliseconds.
      try Task.checkCancellation()
      try outputs.commit { () throws(FileError) in try rebuild.update.perform() }
      keepState(of: image, rebuild.card.root, isRead: false)
    } else {
      let card = try AtomicFile(replacing: image)
      let written = try write(onto: card)
      try outputs.add(card)
      try addFiles(written, to: &outputs, in: folder)
      // Whoever interrupts a build before its files have their names keeps the earlier ones.
      try Task.checkCancellation()
      try outputs.commit()
      keepState(of: image, written.root, isRead: true)
    }
    lock.release()
    report(Self.taken("writing the image and its files", clock.now - start))
    return image
  }

  /// Adds what lies beside the image; the manifest last, which vouches for the others.
  private func addFiles(
    _ card: WrittenCard, to outputs: inout AtomicFileSet, in folder: FilePath
  ) throws {
    let boot = folder.appending("boot")
    for artefact in plan.artefacts {
      let file = boot.appending(artefact.name)
      // Some lie in a folder of the boot partition.
      try ensureFolder(file.removingLastComponent())
      try outputs.add(artefact.bytes, unlessIn: file)
    }
    if let firmware = plan.firmware {
      try outputs.add(firmware.bytes, unlessIn: boot.appending(BuildPlan.firmwareName))
    }
    let map = MemoryMapSVG.text(
      try plan.memoryMap(), title: "Memory of the \(plan.board.name)")
    try outputs.add(Array(map.utf8), unlessIn: folder.appending(BuildPlan.mapName))
    let blocks = try CardMap.text(card.image, root: card.root?.mapped ?? [])
    try outputs.add(Array(blocks.utf8), unlessIn: folder.appending(plan.imageName + ".bmap"))
    let manifest = Array(try Manifest(plan, card).text().utf8)
    try outputs.add(manifest, unlessIn: folder.appending("manifest.json"))
  }

  private func tell(_ rebuild: Rebuild) {
    let changed = rebuild.update.changed
    for note in rebuild.card.root?.notes ?? [] { report(Diagnostic(note.severity, note.message)) }
    report(
      Diagnostic(
        .info,
        (rebuild.card.root == nil ? "" : "the root is unchanged: ")
          + "\(changed) of the image are changed where it stands"))
  }

  /// The image's bytes. The root streams into its place first: how large it is, the partition table
  /// has to say.
  private func write(
    onto card: borrowing AtomicFile
  ) throws -> WrittenCard {
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
    let notes = volume.notes.map { ImageState.Note(severity: $0.severity, message: $0.message) }
    return WrittenCard(
      image: image,
      root: ImageState.Root(
        offset: start, size: volume.layout.size.rawValue, members: volume.counts.members,
        mapped: volume.layout.mapped, notes: notes))
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
  /// Nil where there is none.
  let root: ImageState.Root?
}

extension BuildPlan {
  /// The image's file name.
  public var imageName: String { "\(board.name).img" }

  /// The drawing of the memory map.
  static let mapName = "memory-map.svg"

  /// The file in `boot/` that a machine without a card slot's boot ROM starts from.
  static let firmwareName = "u-boot.bin"
}
