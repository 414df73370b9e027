public import Diagnostics
public import Measures

/// Why a chip's boot ROM would not start some bytes as an SPL.
public enum SPLError: Error, Sendable, Hashable {
  /// The text eGON.BT0 is not at 4.
  case notSPL
  /// The file has fewer bytes than the SPL's header or its stated length.
  case truncated(length: ByteCount, available: ByteCount)
  /// The stated length is 0 or no multiple of 512.
  case badLength(ByteCount)
  case badChecksum(stored: UInt32, computed: UInt32)
}

extension SPLError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    let again = "fetch or build the file again"
    switch self {
    case .notSPL:
      return Diagnostic(
        .error, "there is no Allwinner SPL: the text eGON.BT0 is not at byte 4",
        help: "give the board's u-boot-sunxi-with-spl.bin, as the package u-boot-sunxi holds")
    case .truncated(let length, let available):
      return Diagnostic(
        .error,
        "the SPL is \(length.rawValue) bytes long, but the file ends after"
          + " \(available.rawValue)", help: again)
    case .badLength(let length):
      return Diagnostic(
        .error,
        "the SPL's header says it is \(length.rawValue) bytes long, which is not a multiple of"
          + " 512 above 0", help: again)
    case .badChecksum(let stored, let computed):
      return Diagnostic(
        .error,
        "the SPL's checksum is wrong: its header says \(Address(UInt64(stored))), its bytes sum"
          + " up to \(Address(UInt64(computed)))",
        notes: ["The boot ROM checks this sum and passes over an SPL that fails"], help: again)
    }
  }
}
