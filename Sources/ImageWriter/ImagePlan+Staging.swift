public import Files
public import ImagePlan
import Measures
public import SystemPackage

extension AtomicFileSet {
  /// Writes a card image that will stand at `target` once the set is committed.
  ///
  /// Only the plan's pieces are written; the rest are holes, which read as zero and take no space.
  public mutating func add(_ plan: ImagePlan, as target: FilePath) throws(FileError) {
    let file = try AtomicFile(replacing: target)
    try file.resize(to: plan.size)
    for piece in plan.pieces {
      try file.write(piece.bytes.span.bytes, at: ByteCount(piece.offset))
    }
    try add(file)
  }
}
