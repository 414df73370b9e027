/// The value of a `NAME=VALUE` line in a text that U-Boot imports (`env import -t`, and what it does
/// with uEnv.txt by itself).
///
/// Such a value ends at the newline and is no shell's: quotes, `$` and spaces stay as they are. A
/// backslash is taken out and what follows it is kept, be it a newline (`lib/hashtable.c`,
/// `himport_r`). So whole scripts fit into one variable:
///
/// ```
/// bootcmd=echo one\
/// echo two
/// ```
public enum EnvironmentValue {
  /// - Parameters:
  ///   - isScript: newlines may stand in it.
  ///   - place: what the value is, for errors.
  public static func escaping(
    _ text: String, isScript: Bool = false, as place: String
  ) throws(ScriptError) -> String {
    let isFit = text.utf8.allSatisfy {
      $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 || $0 == 0x0A && isScript
    }
    guard isFit else { throw .unprintable(text, place: place) }
    // The last newline would only be an empty line of the text.
    let text = isScript && text.hasSuffix("\n") ? String(text.dropLast()) : text
    return text.replacing("\\", with: "\\\\").replacing("\n", with: "\\\n")
  }
}
