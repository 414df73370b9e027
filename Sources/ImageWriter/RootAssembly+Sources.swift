import Ext4
import Files
import Measures

extension RootAssembly {
  /// Lays a source over what is there.
  mutating func add(_ layer: RootSource) throws(RootError) {
    lastFolder = nil
    furtherNames = [:]
    switch layer {
    case .archive(let path):
      source = path
      try addArchive(path)
    case .folder(let path, let owners):
      source = path
      try addFolder(path, owners)
    case .files(let files):
      source = nil
      for file in files { try add(file) }
    }
    do throws(RootFault) { try giveWaitingNames() } catch {
      throw RootError(error, of: [], in: source)
    }
  }

  /// Writes content of the member added last.
  mutating func write(_ bytes: RawSpan, at offset: UInt64) throws(RootError) {
    try count(UInt64(bytes.byteCount))
    do throws(Ext4Error) { try writer.write(bytes, at: offset) } catch {
      throw .volume(error, source: source)
    }
  }

  /// Gives content of the member added last its place.
  mutating func place(_ range: Range<UInt64>) throws(RootError) {
    let size = range.upperBound - range.lowerBound
    try count(size)
    do throws(Ext4Error) { try writer.place(Int(clamping: size), at: range.lowerBound) } catch {
      throw .volume(error, source: source)
    }
  }

  private mutating func count(_ bytes: UInt64) throws(RootError) {
    if Task.isCancelled { throw .cancelled }
    let (sum, overflow) = counts.bytes.rawValue.addingReportingOverflow(bytes)
    counts.bytes = ByteCount(sum)
    guard !overflow, counts.bytes <= policy.mostBytes else {
      throw .tooManyBytes(source, limit: policy.mostBytes)
    }
  }

  /// Ends the volume.
  consuming func finish() throws(RootError) -> RootVolume {
    let (counts, notes) = (counts, notes.diagnostics)
    do throws(Ext4Error) {
      return RootVolume(layout: try writer.finish(), counts: counts, notes: notes)
    } catch {
      throw .volume(error, source: nil)
    }
  }
}
