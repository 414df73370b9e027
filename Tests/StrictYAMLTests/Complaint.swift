import Diagnostics
import StrictYAML

/// What a text is refused for: `line:column message (help)`, or `accepted`.
func complaint(
  about text: String, decode: (YAMLValue) throws(YAMLError) -> Void = { _ in }
) -> String {
  do {
    try decode(YAMLDocument(text: text, file: "test.yaml").root)
    return "accepted"
  } catch {
    return complaint(error)
  }
}

func complaint(_ error: YAMLError) -> String {
  let diagnostic = error.diagnostic
  let place = diagnostic.span.map { "\($0.line):\($0.column)" } ?? "nowhere"
  return "\(place) \(diagnostic.message)" + (diagnostic.help.map { " (\($0))" } ?? "")
}
