public import Diagnostics
public import SystemPackage

/// What the program takes from its environment, read once and handed on.
public struct Surroundings: Sendable, Hashable {
  /// `$XDG_CACHE_HOME/ctboot`, by default `~/.cache/ctboot`.
  public var cache: FilePath
  /// `$CTBOOT_DATA`: a folder whose Boards and Templates come before the shipped ones.
  public var data: FilePath?
  /// `$SOURCE_DATE_EPOCH`: the time stamp of all that gets one, in seconds since 1970. Without it
  /// there is no time in an image at all, so that every build of the same inputs is the same.
  public var epoch: UInt32
  /// `$PATH`, where other programs are looked for.
  public var path: String
  /// Use the cache of packages alone.
  public var offline = false

  public init(environment: [String: String]) throws(SurroundingsError) {
    try self.init(asking: { environment[$0] })
  }

  /// - Parameter variable: the value of an environment's variable.
  public init(asking variable: (String) -> String?) throws(SurroundingsError) {
    func value(_ name: String) -> String? {
      variable(name).flatMap { $0.isEmpty ? nil : $0 }
    }
    if let cache = value("XDG_CACHE_HOME"), cache.hasPrefix("/") {
      self.cache = FilePath(cache).appending("ctboot")
    } else if let home = value("HOME") {
      cache = FilePath(home).appending(".cache").appending("ctboot")
    } else {
      throw .noCacheFolder
    }
    data = value("CTBOOT_DATA").map { FilePath($0) }
    let seconds = value("SOURCE_DATE_EPOCH") ?? "0"
    // A sign is no digit, though UInt32 would read it.
    guard let epoch = UInt32(seconds), seconds.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { throw .oddEpoch(seconds) }
    self.epoch = epoch
    path = value("PATH") ?? "/usr/local/bin:/usr/bin:/bin"
  }
}

/// An environment that cannot be used.
public enum SurroundingsError: Error, Sendable, Hashable {
  case noCacheFolder
  case oddEpoch(String)
}

extension SurroundingsError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .noCacheFolder:
      Diagnostic(
        .error,
        "there is no folder for the cache of packages: neither XDG_CACHE_HOME nor HOME names one",
        help: "set XDG_CACHE_HOME to the absolute path of a folder that may be written to")
    case .oddEpoch(let text):
      Diagnostic(
        .error, "SOURCE_DATE_EPOCH is `\(text)`, which is no number of seconds since 1970",
        help: "set it to a whole number below 4294967296, or unset it")
    }
  }
}
