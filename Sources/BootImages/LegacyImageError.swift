public import Diagnostics
public import Measures

/// Why U-Boot would refuse a legacy image, or why none can be made.
public enum LegacyImageError: Error, Sendable, Hashable {
  /// The magic number is not there.
  case notLegacyImage
  case truncated(wanted: ByteCount, available: ByteCount)
  case badHeaderChecksum(stored: UInt32, computed: UInt32)
  case badPayloadChecksum(stored: UInt32, computed: UInt32)
  case notScript(LegacyImage.Kind)
  /// The table of lengths before the text leaves the payload.
  case brokenScriptTable
  case emptyScript
  case scriptTooLong
  /// A length or an address has more than the header's 32 bits.
  case beyondHeader
  case nameTooLong(String)
}

extension LegacyImageError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    let again = "fetch or make the file again"
    switch self {
    case .notLegacyImage:
      return Diagnostic(.error, "there is no U-Boot image: the magic number 0x27051956 is missing")
    case .truncated(let wanted, let available):
      return Diagnostic(
        .error,
        "the U-Boot image is \(wanted.rawValue) bytes long, but only \(available.rawValue) are"
          + " there", help: again)
    case .badHeaderChecksum(let stored, let computed):
      return Diagnostic(
        .error,
        "the header checksum of the U-Boot image is wrong: it says \(Address(UInt64(stored))),"
          + " its bytes give \(Address(UInt64(computed)))", help: again)
    case .badPayloadChecksum(let stored, let computed):
      return Diagnostic(
        .error,
        "the data checksum of the U-Boot image is wrong: its header says"
          + " \(Address(UInt64(stored))), its bytes give \(Address(UInt64(computed)))",
        help: again)
    case .notScript(let kind):
      return Diagnostic(
        .error, "the U-Boot image holds \(kind.withArticle), not a boot script",
        help: "give a boot.scr")
    case .brokenScriptTable:
      return Diagnostic(
        .error, "the boot script's table of lengths does not fit the file",
        help: "make the script again")
    case .emptyScript:
      return Diagnostic(
        .error, "the boot script is empty, and U-Boot refuses empty scripts",
        help: "give it a command")
    case .scriptTooLong:
      return Diagnostic(.error, "the boot script is longer than 4 GiB", help: "shorten it")
    case .beyondHeader:
      return Diagnostic(
        .error, "a legacy image (uImage) has no room for such a length or address",
        help: "use a smaller file, and addresses below 4 GiB")
    case .nameTooLong(let name):
      return Diagnostic(
        .error, "the image name \(name) is longer than \(LegacyImage.nameLimit) bytes",
        help: "shorten the name")
    }
  }
}
