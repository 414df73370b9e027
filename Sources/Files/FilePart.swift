import Glibc
public import Measures
import Synchronization

/// A part of a file that is being written, for somebody who counts from the part's start.
///
/// It may be used for as long as wished: it holds the file open by itself. What is written goes to the
/// disk early, in steps of 16 MiB, so that the wait at the end is short: with that an image of 1.3 GB
/// took a quarter longer than to copy its archive, without it three fifths.
public final class FilePart: Sendable {
  private let descriptor: Descriptor
  private let start: UInt64
  /// What was written last and is not on its way to the disk yet; offsets in the file.
  private let waiting = Mutex<Range<Int>>(0..<0)

  private static let step = 16 << 20

  init(of descriptor: borrowing Descriptor, from start: ByteCount) throws(FileError) {
    self.descriptor = try descriptor.duplicate()
    self.start = start.rawValue
  }

  /// Writes `bytes` at `offset`, counted from the part's start.
  public func write(_ bytes: RawSpan, at offset: ByteCount) throws(FileError) {
    let (place, overflow) = start.addingReportingOverflow(offset.rawValue)
    let begin = overflow ? Int.max : Int(clamping: place)
    try descriptor.write(bytes, at: begin)
    let written = begin..<(begin + bytes.byteCount)
    let ready: Range<Int> = waiting.withLock { waiting in
      let gathered =
        waiting.upperBound == written.lowerBound
        ? waiting.lowerBound..<written.upperBound : written
      waiting = gathered.count >= Self.step ? gathered.upperBound..<gathered.upperBound : gathered
      return gathered.count >= Self.step ? gathered : 0..<0
    }
    if !ready.isEmpty { descriptor.startWriting(ready) }
  }
}

extension AtomicFile {
  /// The file from `start` on, for somebody who writes it piece by piece in any order.
  public func part(from start: ByteCount) throws(FileError) -> FilePart {
    try FilePart(of: descriptor, from: start)
  }

  /// Makes the file at least `size` long. What is added reads as zero and takes no space on the disk.
  public func grow(to size: ByteCount) throws(FileError) {
    let length = try descriptor.status().st_size
    if Int(clamping: size.rawValue) > length { try resize(to: size) }
  }
}
