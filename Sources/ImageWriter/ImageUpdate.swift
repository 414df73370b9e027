public import Files
public import ImagePlan
public import Measures
public import SystemPackage

/// Changes an image into what a plan asks for, where it stands, and only where it differs.
///
/// ```
///   what is there                      step
///   NAME.img (old)                     .keep     the old bytes go to NAME.img.undo, synced
///   NAME.img (old), NAME.img.undo      .hide     the image is renamed
///   NAME.img.partial, NAME.img.undo    .write    for each range that differs
///                                      .sync
///                                      .show     the image is renamed back
///   NAME.img (new), NAME.img.undo      .forget   the journal is deleted
///   NAME.img (new)
/// ```
/// Each renaming is on the disk before the next step. So at any moment there is the old image, the new
/// one, or `.partial` with a whole journal; `recoverImage` makes an end of what was begun.
public struct ImageUpdate: Sendable {
  public enum Step: Sendable, Hashable {
    case keep
    case hide
    /// From the image's start, in bytes.
    case write(at: UInt64)
    case sync
    case show
    case forget
  }

  let names: ImageNames
  private let plan: ImagePlan
  /// Ranges that differ, by offset.
  public let changes: [Range<UInt64>]
  private let step: @Sendable (Step) -> Void

  /// How much is read, kept and written at once.
  private static let chunk = UInt64(UndoJournal.longestRecord)

  /// Compares the image with the plan; changes nothing.
  ///
  /// - Parameters:
  ///   - image: as large as the plan's.
  ///   - rest: a range that stays as it is, at multiples of 4 KiB: what the plan does not say.
  ///   - step: told of each step before it is done, for tests that end the process there.
  public init(
    of image: FilePath, to plan: ImagePlan, leaving rest: Range<UInt64>? = nil,
    step: @escaping @Sendable (Step) -> Void = { _ in }
  ) throws(FileError) {
    names = ImageNames(image)
    self.plan = plan
    self.step = step
    let file = try FileEditing(image)
    guard file.size == plan.size else {
      throw .tooLarge(image, size: file.size, limit: plan.size)
    }
    let end = plan.size.rawValue
    let parts =
      rest.map { [0..<$0.lowerBound, $0.upperBound..<max(end, $0.upperBound)] } ?? [0..<end]
    var changes: [Range<UInt64>] = []
    for part in parts {
      for range in Self.chunks(of: part) where !(plan.isHole(range) && file.isHole(range)) {
        let old = try file.read(Int(range.upperBound - range.lowerBound), at: range.lowerBound)
        changes += plan.changes(to: old, at: range.lowerBound)
      }
    }
    self.changes = changes
  }

  /// How many bytes differ, in whole blocks.
  public var changed: ByteCount {
    ByteCount(changes.reduce(0) { $0 + ($1.upperBound - $1.lowerBound) })
  }

  /// Makes the changes, and returns when the disk holds them. Where that fails on the way, they are
  /// undone at once if that is possible, and else by `recoverImage` later.
  public func perform() throws(FileError) {
    if changes.isEmpty { return }
    let file = try FileEditing(names.image)
    step(.keep)
    try keep(file)
    step(.hide)
    do throws(FileError) {
      try renameFile(names.image, to: names.partial)
      for change in changes {
        step(.write(at: change.lowerBound))
        try file.write(plan.content(of: change).span.bytes, at: change.lowerBound)
      }
      step(.sync)
      try file.synchronize()
      step(.show)
      try renameFile(names.partial, to: names.image)
    } catch {
      // The first error is the one to tell.
      _ = try? recoverImage(at: names.image)
      throw error
    }
    step(.forget)
    try removeFile(names.journal)
  }

  /// Puts the old bytes of all that will change into the journal.
  private func keep(_ file: borrowing FileEditing) throws(FileError) {
    var output = try AtomicFile(replacing: names.journal)
    var journal = UndoJournalWriter(imageSize: file.size)
    try output.write(journal.header().span.bytes)
    for range in changes {
      let old = try file.read(Int(range.upperBound - range.lowerBound), at: range.lowerBound)
      try output.write(journal.record(old, at: range.lowerBound).span.bytes)
    }
    try output.write(journal.end().span.bytes)
    try output.commit()
  }

  /// A part in pieces that end at multiples of their size, so that no change is longer than one.
  private static func chunks(of part: Range<UInt64>) -> [Range<UInt64>] {
    var chunks: [Range<UInt64>] = []
    var start = part.lowerBound
    while start < part.upperBound {
      let end = min(part.upperBound, (start / chunk + 1) * chunk)
      chunks.append(start..<end)
      start = end
    }
    return chunks
  }
}

/// The names that an image has, and what lies beside it while it changes.
struct ImageNames: Sendable {
  let image: FilePath
  let partial: FilePath
  let journal: FilePath

  init(_ image: FilePath) {
    self.image = image
    partial = FilePath(image.string + ".partial")
    journal = FilePath(image.string + ".undo")
  }
}
