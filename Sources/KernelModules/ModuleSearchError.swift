public import Diagnostics

/// Why some drivers cannot be loaded from a folder of modules.
public enum ModuleSearchError: Error, Sendable, Hashable {
  /// A driver is neither a module nor part of the kernel. `known` are the modules that there are.
  case noDriver(String, release: String, known: [ModuleName])
  case noDependency(ModuleName, neededBy: ModuleName?, release: String)
  /// Each needs the next, and the last the first.
  case circle([ModuleName])
  case unreadable(path: String, KernelModuleFault)
  case otherKernel(path: String, release: String, wanted: String)
  /// Built for another processor, by ELF's numbers.
  case otherMachine(path: String, UInt16, wanted: UInt16)
}

extension ModuleSearchError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .noDriver(let driver, let release, let known):
      Diagnostic(
        .error,
        "the kernel \(release) has no driver `\(driver)`, neither built in nor as a module",
        help: Spelling.nearest(to: driver, among: known.map(\.text)).map {
          "did you mean `\($0)`?"
        } ?? "build the kernel with it, or name another driver")
    case .noDependency(let name, let user, let release):
      Diagnostic(
        .error,
        "the module \(name)\(user.map { ", which \($0) needs," } ?? "") is not among those of the "
          + "kernel \(release)",
        help: "give all of the kernel's modules, and `modules.builtin` with them")
    case .circle(let names):
      Diagnostic(
        .error,
        "the modules \(names.map(\.text).joined(separator: ", ")) need each other in a circle",
        help: "take the modules from the kernel's package or build again")
    case .unreadable(let path, let fault):
      Diagnostic(
        .error, "\(Self.shown(path)) is no kernel module: \(fault.words)",
        help: "take the modules from the kernel's package or build again")
    case .otherKernel(let path, let release, let wanted):
      Diagnostic(
        .error,
        "\(Self.shown(path)) was built for the kernel \(Self.shown(release)), not for \(wanted)",
        help: "give the modules that were built with this kernel")
    case .otherMachine(let path, let machine, let wanted):
      Diagnostic(
        .error,
        "\(Self.shown(path)) was built for another processor (ELF machine \(machine), wanted \(wanted))",
        help: "give the modules of the board's architecture")
    }
  }

  /// What comes from a file must not steer a terminal.
  private static func shown(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { shown, scalar in
      shown +=
        scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
        ? scalar.escaped(asASCII: true) : String(scalar)
    }
  }
}

extension KernelModuleFault {
  fileprivate var words: String {
    switch self {
    case .notELF: "it is no ELF file"
    case .damaged: "its table of sections is damaged"
    case .noInformation: "it has no section .modinfo"
    case .badName(let name): "it depends on \(String(reflecting: name)), which is no module's name"
    }
  }
}
