public import Files
public import ImagePlan
import Measures

extension AtomicFile {
  /// Writes a card image: the plan's pieces. The rest are holes, which read as zero and take no space,
  /// but for the root partition where that has been written before.
  public func write(_ plan: ImagePlan) throws(FileError) {
    try resize(to: plan.size)
    for piece in plan.pieces {
      try write(piece.bytes.span.bytes, at: ByteCount(piece.offset))
    }
  }
}
