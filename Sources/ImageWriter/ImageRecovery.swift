public import Diagnostics
public import Files
import ImagePlan
public import SystemPackage

/// What was found of an update that came to no end.
public enum ImageRecovery: Sendable, Hashable {
  /// Nothing of the kind.
  case none
  /// The image is again as it was before the update.
  case undone(FilePath)
  /// The update had not begun to write, or was done: the image is whole.
  case journalDeleted(FilePath)
  /// A half-made image without what would undo it, or of which there is a whole one by now.
  case partialDeleted(FilePath)
}

/// Makes an end of an update that was broken off. It can be broken off itself, and done again.
///
/// - Parameters:
///   - image: its name when it is whole.
///   - step: told of each step before it is done, for tests that end the process there.
public func recoverImage(
  at image: FilePath, step: (ImageUpdate.Step) -> Void = { _ in }
) throws(FileError) -> ImageRecovery {
  let names = ImageNames(image)
  let (hasPartial, hasJournal) = (stands(names.partial), stands(names.journal))
  guard hasPartial else {
    guard hasJournal else { return .none }
    step(.forget)
    try removeFile(names.journal)
    return .journalDeleted(names.journal)
  }
  if hasJournal, !stands(image), let journal = usableJournal(names),
    try undo(journal, names, step)
  {
    return .undone(image)
  }
  step(.forget)
  try removeFile(names.partial)
  try removeFile(names.journal)
  return .partialDeleted(names.partial)
}

private func usableJournal(_ names: ImageNames) -> ReadUndoJournal? {
  guard let bytes = try? FileBytes(names.journal) else { return nil }
  return try? ReadUndoJournal(bytes)
}

/// - Returns: false where the journal is not this image's.
private func undo(
  _ journal: ReadUndoJournal, _ names: ImageNames, _ step: (ImageUpdate.Step) -> Void
) throws(FileError) -> Bool {
  let file = try FileEditing(names.partial)
  guard file.size == journal.imageSize else { return false }
  for record in journal.records {
    guard let old = try? journal.bytes(of: record) else { return false }
    step(.write(at: record.offset))
    try write(old, at: record.offset, to: file)
  }
  step(.sync)
  try file.synchronize()
  step(.show)
  try renameFile(names.partial, to: names.image)
  step(.forget)
  try removeFile(names.journal)
  return true
}

/// Writes old bytes back. What was a hole and is one yet stays so: where the update failed since the disk
/// is full, there would be no room for zeroes either.
private func write(
  _ old: [UInt8], at offset: UInt64, to file: borrowing FileEditing
) throws(FileError) {
  let bytes = old.span.bytes
  let block = Int(ImagePlan.block)
  var start = 0
  var begun: Int?
  while start < old.count {
    let end = min(old.count, start + block)
    let place = (offset + UInt64(start))..<(offset + UInt64(end))
    let isHole = old[start..<end].allSatisfy { $0 == 0 } && file.isHole(place)
    if isHole, let from = begun {
      try file.write(bytes.extracting(from..<start), at: offset + UInt64(from))
      begun = nil
    } else if !isHole, begun == nil {
      begun = start
    }
    start = end
  }
  if let from = begun { try file.write(bytes.extracting(from...), at: offset + UInt64(from)) }
}

extension ImageRecovery {
  /// Whether an image that stands there now may be changed once more instead of being written anew.
  public var leavesTrust: Bool { self == .none }

  /// What to tell of it; nil where there is nothing to tell.
  public var diagnostic: Diagnostic? {
    switch self {
    case .none: nil
    case .undone(let image):
      Diagnostic(
        .warning, "an earlier build was broken off while it changed \(image)",
        notes: ["its changes have been undone"])
    case .journalDeleted(let journal):
      Diagnostic(
        .warning, "an earlier build was broken off and left \(journal)",
        notes: ["the image itself is whole; the journal has been deleted"])
    case .partialDeleted(let partial):
      Diagnostic(
        .warning,
        "an earlier build was broken off and left \(partial), with nothing that could undo it",
        notes: ["it has been deleted, and the image is written anew"])
    }
  }
}
