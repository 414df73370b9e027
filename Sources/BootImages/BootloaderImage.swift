import Bytes
public import Measures

/// `u-boot-sunxi-with-spl.bin`: all that a card needs to start U-Boot on an Allwinner board.
public struct BootloaderImage: Sendable, Hashable {
  public let layout: BootloaderLayout
  /// Length of the whole file, all of which goes onto the card.
  public let size: ByteCount
  /// What U-Boot proper says it is, where that can be found.
  public let version: UBootVersion?
  /// Whether uEnv.txt is spoken of in it. Those that are not built for vendors' kernels leave the file
  /// alone.
  public let knowsEnvironmentFile: Bool

  /// Reads the whole file and checks the sums of both parts.
  public init(parsing bytes: RawSpan) throws(BootloaderError) {
    layout = try BootloaderLayout(parsing: bytes)
    size = ByteCount(bytes.byteCount)
    let start = Int(clamping: layout.payloadOffset.rawValue)
    version = UBootVersion(searching: bytes, from: start)
    knowsEnvironmentFile = bytes.firstOffset(of: "uEnv.txt", from: start) != nil
  }
}
