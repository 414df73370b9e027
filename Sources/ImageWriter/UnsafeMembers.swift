public import Measures

/// What is taken from a source that may not mean well.
///
/// A path with `..` in it is always refused, and so is a hard link to what is not there. A slash in
/// front of a path is left out, as tar does. Symbolic links may lead anywhere: they are stored and never
/// followed out of the root. Where a member is to lie below one, the link is followed within the root,
/// as chroot would: with `lib` a link to `usr/lib`, `lib/x` becomes `usr/lib/x`.
public struct UnsafeMembers: Sendable, Hashable {
  /// Whether devices may stand outside `/dev`.
  public var devicesAnywhere: Bool
  /// How many files, folders and links there may be in all sources.
  public var mostMembers: Int
  /// How much their content may take in all, holes left out.
  public var mostBytes: ByteCount
  /// How many bytes may come out of each byte of an archive, once more than 1 GiB came.
  public var mostGrowth: UInt64

  public init(
    devicesAnywhere: Bool = false, mostMembers: Int = 2_000_000,
    mostBytes: ByteCount = .gibibytes(64), mostGrowth: UInt64 = 250
  ) {
    self.devicesAnywhere = devicesAnywhere
    self.mostMembers = mostMembers
    self.mostBytes = mostBytes
    self.mostGrowth = mostGrowth
  }

  /// Archives from which less comes are no bombs.
  static let harmless: ByteCount = .gibibytes(1)
}
