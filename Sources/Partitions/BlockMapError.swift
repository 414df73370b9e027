public import Diagnostics

/// A block map that cannot be, or a text that is none. Offsets are bytes of the text.
public enum BlockMapError: Error, Sendable, Hashable {
  /// Not a power of two from 512 to 1 GiB.
  case oddBlockSize(UInt64)
  /// The blocks are none, stand before the end of the range before, or behind the image's end.
  case misplacedRange(Range<UInt64>, after: UInt64, blocks: UInt64)
  /// Not the 64 hexadecimal digits of a SHA-256.
  case badDigest(String, of: Range<UInt64>)
  /// The text does not go on as a block map does.
  case unexpected(offset: Int, wanted: String)
  /// Nil where no version is told.
  case otherVersion(String?)
  case otherChecksum(String)
  case badNumber(element: String, text: String)
  /// The count in the text is not what its sizes and ranges make.
  case wrongCount(element: String, told: UInt64, counted: UInt64)
  /// The text's own checksum: it was changed or cut off.
  case damaged(told: String, counted: String)
}

extension BlockMapError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .oddBlockSize(let size):
      Diagnostic(
        .error, "the block map has blocks of \(size) bytes",
        help: "use a power of two from 512 to 1 GiB; 4096 is usual")
    case .misplacedRange(let blocks, let end, let count):
      Diagnostic(
        .error,
        "the block map has blocks \(Self.words(blocks)) behind block \(end), of \(count) in all",
        help: Self.makeAgain)
    case .badDigest(let text, let blocks):
      Diagnostic(
        .error, "the block map has no SHA-256 for blocks \(Self.words(blocks)): `\(text)`",
        help: Self.makeAgain)
    case .unexpected(let offset, let wanted):
      Diagnostic(
        .error, "this is no block map: byte \(offset) is not the start of \(wanted)",
        help: "check that it is the .bmap file that lies beside the image")
    case .otherVersion(let version):
      Diagnostic(
        .error,
        version.map { "the block map is of version \($0), and 2.0 is read" }
          ?? "the block map does not tell its version, and 2.0 is read",
        help: Self.makeAgain)
    case .otherChecksum(let type):
      Diagnostic(
        .error, "the block map has checksums of type `\(type)`, and sha256 is read",
        help: Self.makeAgain)
    case .badNumber(let element, let text):
      Diagnostic(
        .error, "the block map's \(element) is no number: `\(text)`", help: Self.makeAgain)
    case .wrongCount(let element, let told, let counted):
      Diagnostic(
        .error, "the block map's \(element) is \(told), and its sizes and ranges make \(counted)",
        help: Self.makeAgain)
    case .damaged(let told, let counted):
      Diagnostic(
        .error, "the block map was changed or cut off: its own checksum does not hold",
        notes: ["it tells \(told)", "its bytes have \(counted)"], help: Self.makeAgain)
    }
  }

  private static let makeAgain = "make the map again with the image"

  private static func words(_ blocks: Range<UInt64>) -> String {
    "\(blocks.lowerBound) to \(blocks.upperBound - min(1, blocks.upperBound))"
  }
}
