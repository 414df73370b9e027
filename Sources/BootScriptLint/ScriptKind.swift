/// What kind of file is judged.
public enum ScriptKind: Sendable, Hashable {
  /// The text of a script: `boot.cmd`.
  case commands
  /// A script with U-Boot's header: `boot.scr`.
  case image
  /// Environment text: `uEnv.txt`.
  case environment
  /// `extlinux.conf`.
  case extlinux

  /// By the file's name; nil for a name that tells nothing.
  public init?(name: String) {
    // A folder's files are asked for their names, and nearly all are trees.
    guard let end = name.utf8.last(where: { $0 != UInt8(ascii: "/") }),
      Self.lastLetters.contains(end | 0x20)
    else { return nil }
    let last = name.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if last == "extlinux.conf" {
      self = .extlinux
    } else if last == "uenv.txt" || last.hasSuffix(".env") {
      self = .environment
    } else if last.hasSuffix(".cmd") {
      self = .commands
    } else if last.hasSuffix(".scr") || last.hasSuffix(".scr.uimg") {
      self = .image
    } else {
      return nil
    }
  }

  /// What the names below end with.
  private static let lastLetters = Array("ftvdrg".utf8)

  /// By what the file holds, where its name tells nothing: U-Boot's magic number, or a text.
  public init(bytes: [UInt8]) {
    self = bytes.starts(with: [0x27, 0x05, 0x19, 0x56]) ? .image : .commands
  }

  /// Whether a file of that name is looked for in folders. `NAME.env` may be anybody's.
  public static func isUsual(_ name: String) -> Bool {
    ScriptKind(name: name) != nil && !name.lowercased().hasSuffix(".env")
  }
}
