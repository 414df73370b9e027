public import Diagnostics
public import Measures
public import StrictYAML

/// Why board and SoC files are refused, alone or together, or a board is not found.
public enum BoardError: Error, Sendable, Hashable {
  /// The file itself is wrong.
  case yaml(YAMLError)
  /// Two files of the same kind give the same name.
  case sameName(String, file: String, other: String)
  case noSuchBoard(String, nearest: String?, known: [String])
  case noSuchSoC(String, nearest: String?, known: [String], at: SourceSpan?)
  case noSuchSister(String, nearest: String?, at: SourceSpan?)
  /// The sister has no machine of its own either.
  case sisterWithoutMachine(String, at: SourceSpan?)
  case compatibleWithoutSoC(board: String, soc: String, wanted: String, at: SourceSpan?)
  case memoryBeyondDRAM(ByteCount, window: AddressRange, soc: String, at: SourceSpan?)
  /// A default of the SoC's lies above the end of the board's smallest memory.
  case loadBeyondMemory(name: String, Address, memory: AddressRange, soc: String, at: SourceSpan?)
}

extension BoardError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .yaml(let error): error.diagnostic
    case .sameName(let name, let file, let other):
      Diagnostic(
        .error, "\(file) and \(other) both describe `\(name)`", help: "rename or remove one of them"
      )
    case .noSuchBoard(let name, let nearest, let known):
      Diagnostic(
        .error, "there is no board `\(name)`", notes: ["known: \(known.joined(separator: ", "))"],
        help: Self.meant(nearest) ?? "`ctboot boards` lists them")
    case .noSuchSoC(let name, let nearest, let known, let span):
      Diagnostic(
        .error, "there is no SoC `\(name)`", at: span,
        notes: ["known: \(known.joined(separator: ", "))"],
        help: Self.meant(nearest) ?? "add Boards/soc/\(name).yaml")
    case .noSuchSister(let name, let nearest, let span):
      Diagnostic(
        .error, "there is no board `\(name)` to stand in for this one", at: span,
        help: Self.meant(nearest) ?? "name a board that has a machine of its own")
    case .sisterWithoutMachine(let name, let span):
      Diagnostic(
        .error, "`\(name)` cannot stand in for this board: it has no machine of its own", at: span,
        help: "name a board whose `emulation` has a `machine`")
    case .compatibleWithoutSoC(let board, let soc, let wanted, let span):
      Diagnostic(
        .error, "`compatible` of \(board) lacks \"\(wanted)\", which makes it a board of \(soc)",
        at: span, help: "add \"\(wanted)\", or correct `soc`")
    case .memoryBeyondDRAM(let size, let window, let soc, let span):
      Diagnostic(
        .error, "\(size) of memory do not fit \(soc)'s DRAM window \(window)", at: span,
        help: "correct `variants`")
    case .loadBeyondMemory(let name, let address, let memory, let soc, let span):
      Diagnostic(
        .error, "\(soc) loads `\(name)` to \(address), beyond this memory \(memory)", at: span,
        help: "correct `variants`, or `load` in the SoC's file")
    }
  }

  private static func meant(_ nearest: String?) -> String? {
    nearest.map { "did you mean `\($0)`?" }
  }
}
