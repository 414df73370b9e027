/// Values on their way into a script, checked for what U-Boot's shell would do with them.
///
/// Inside double quotes the shell still acts on `$`, `"` and `\`, and an apostrophe opens a span of
/// its own there (`common/cli_hush.c`). None of these belongs into a name, so they are refused
/// rather than escaped.
enum HushText {
  /// Words for a person, to stand inside double quotes or a comment.
  static func words(_ text: String, in place: String) throws(ScriptError) -> String {
    let safe = text.unicodeScalars.allSatisfy {
      (0x20...0x7E).contains($0.value) && !"\"'\\$`".unicodeScalars.contains($0)
    }
    guard safe, !text.isEmpty else { throw .unsafeText(text, place: place) }
    return text
  }

  /// A path on the boot partition, to stand bare.
  static func fileName(_ text: String) throws(ScriptError) -> String {
    let safe = text.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
        || "._-/+".unicodeScalars.contains($0)
    }
    guard safe, !text.isEmpty else { throw .unsafeText(text, place: "file name") }
    return text
  }
}
