import Bytes
public import Diagnostics
public import Measures

/// Where the two programs of a bootloader lie, whose sums hold.
///
///     0                     SPL
///     max(0x8000, length)   U-Boot proper: a legacy image, or a FIT on 64-bit chips
///
/// Source: U-Boot `arch/arm/dts/sunxi-u-boot.dtsi`, `arch/arm/mach-sunxi/board.c`.
public struct BootloaderLayout: Sendable, Hashable {
  /// Where U-Boot proper starts unless the SPL is longer.
  static let usualOffset = 0x8000

  /// How U-Boot proper is wrapped.
  public enum Payload: Sendable, Hashable {
    case legacy(LegacyImage)
    /// A device tree that holds images; of this length, without what may lie behind it.
    case fit(ByteCount)
  }

  public let spl: SPLImage
  /// Offset of U-Boot proper in the file.
  public let payloadOffset: ByteCount
  public let payload: Payload

  /// Reads the start of a file or of what lies on a card, and checks the sums of both parts.
  public init(parsing bytes: RawSpan) throws(BootloaderError) {
    do {
      spl = try SPLImage(parsing: bytes)
    } catch {
      throw .spl(error)
    }
    // SPLImage has checked that its length lies within the file.
    let offset = max(Self.usualOffset, Int(clamping: spl.length.rawValue))
    payloadOffset = ByteCount(offset)
    payload = try Self.payload(in: bytes, at: offset)
  }

  private static func payload(
    in bytes: RawSpan, at offset: Int
  ) throws(BootloaderError) -> Payload {
    if FlatTreeHeader.isOne(bytes, at: offset) {
      do {
        return .fit(try FlatTreeHeader(parsing: bytes, at: offset).size)
      } catch {
        throw .fit(error)
      }
    }
    guard LegacyImage.isOne(bytes, at: offset) else { throw .noPayload(ByteCount(offset)) }
    do {
      let image = try LegacyImage(parsing: bytes, at: offset)
      guard image.kind == .firmware else { throw BootloaderError.notFirmware(image.kind) }
      return .legacy(image)
    } catch let error as LegacyImageError {
      throw .legacy(error)
    } catch let error as BootloaderError {
      throw error
    } catch {
      throw .noPayload(ByteCount(offset))
    }
  }
}

/// Why a card with this bootloader would not start U-Boot.
public enum BootloaderError: Error, Sendable, Hashable {
  case spl(SPLError)
  /// At this offset there is neither a legacy image nor a FIT.
  case noPayload(ByteCount)
  case legacy(LegacyImageError)
  case notFirmware(LegacyImage.Kind)
  case fit(FlatTreeHeaderError)
}

extension BootloaderError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .spl(let error): error.diagnostic
    case .legacy(let error): error.diagnostic
    case .fit(let error): error.diagnostic
    case .noPayload(let offset):
      Diagnostic(
        .error, "there is no U-Boot behind the SPL, at byte \(offset.rawValue)",
        help: "give u-boot-sunxi-with-spl.bin, not sunxi-spl.bin, which is only its first part")
    case .notFirmware(let kind):
      Diagnostic(
        .error, "behind the SPL there is \(kind.withArticle) where U-Boot should be",
        help: "give the board's own u-boot-sunxi-with-spl.bin")
    }
  }
}
