/// Any text as one word of a command, which reaches the command unchanged.
///
/// U-Boot's old shell (`common/cli_hush.c`) has no quotes that keep everything:
///
/// ```
/// written     what the shell does there
/// '…'         ends at the next apostrophe, whatever stands before it; takes single backslashes out
/// "…"         acts on $, keeps backslashes, and an apostrophe opens a span of its own
/// \c          is c, outside of quotes only
/// ```
///
/// So a text is put between apostrophes with its backslashes doubled, and an apostrophe stands
/// outside of them as `\'`: `it's a \` is written `'it'\''s a \\'`.
///
/// This holds for words without a variable. Where a word of a command has one, the shell puts the
/// values in and reads the whole command a second time: backslashes go, apostrophes pair up. A value
/// written by this therefore never shares its command with a variable.
public enum HushWord {
  /// - Parameter place: what the value is, for errors.
  public static func quoting(_ text: String, as place: String) throws(ScriptError) -> String {
    // A shell has no use for these in a command, and the two lowest are its own marks for variables.
    guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
      throw .unprintable(text, place: place)
    }
    guard text.isEmpty || !text.utf8.allSatisfy(isPlain) else { return text }
    var quoted = "'"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": quoted += "\\\\"
      case "'": quoted += "'\\''"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "'"
  }

  /// Bytes that mean nothing to the shell wherever they stand.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch UnicodeScalar(byte) {
    case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-", "/", "+", ":", ",", "=", "@", "%": true
    default: false
    }
  }
}
