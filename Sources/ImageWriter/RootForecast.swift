import Archives
import Ext4

/// Refuses what will not fit a volume of fixed size, before anything is written to it.
///
/// The root is put together on a volume that goes nowhere: of archives that nothing packs the headers
/// are read, of folders the sizes. Blocks of zeroes are found by reading only, so that where a folder
/// seems too large it is read through before that is said.
func forecastRoot(
  _ layers: [RootSource], _ options: Ext4Options, policy: UnsafeMembers
) throws(RootError) {
  guard case .fixed = options.size, layers.allSatisfy(\.isKnownBefore) else { return }
  do throws(RootError) {
    _ = try assembleRoot(layers, options, policy: policy, on: Ext4Nowhere(), isReading: false)
  } catch {
    guard case .volume(.full, _) = error, layers.contains(where: \.mayHoldZeroes) else {
      throw error
    }
    _ = try assembleRoot(layers, options, policy: policy, on: Ext4Nowhere(), isReading: true)
  }
}

extension RootSource {
  /// Whether what it takes is known without reading all of it.
  fileprivate var isKnownBefore: Bool {
    guard case .archive(let path) = self else { return true }
    guard let reader = try? ArchiveReader.ofRoot(path) else { return false }
    return reader.isPlain
  }

  fileprivate var mayHoldZeroes: Bool {
    if case .archive = self { false } else { true }
  }
}
