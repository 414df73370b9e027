public import Diagnostics
public import SystemPackage

/// Why a boot cannot be rehearsed.
public enum RehearsalError: Error, Sendable, Hashable {
  /// No list of variables is found in the bootloader.
  case noEnvironment(FilePath)
  /// The machine takes its bootloader as a file of its own, and none is beside the image.
  case noFirmware(soc: String)
  /// Nothing says which board the image is for.
  case unknownBoard(FilePath)
}

extension RehearsalError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .noEnvironment(let file):
      Diagnostic(
        .error, "no U-Boot with its environment is found in \(file)",
        help: "rehearse an image that `ctboot build` made, or name the right board with `--board`")
    case .noFirmware(let soc):
      Diagnostic(
        .error, "the bootloader for the \(soc) does not lie in the image, and not beside it",
        help: "rehearse the image in the folder where `ctboot build` left it, with its boot/")
    case .unknownBoard(let file):
      Diagnostic(
        .error, "nothing says for which board \(file) was made",
        help: "name it with `--board`; `ctboot boards` lists them")
    }
  }
}
