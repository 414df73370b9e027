/// A complaint in our words.
extension Complaint {
  /// The word of the source that it is about, as it stands there.
  var word: String? {
    switch check {
    case "duplicate_label": quoted("'").map { $0 + ":" }
    case "phandle_references", "path_references":
      quoted("\"").map { $0.hasPrefix("/") ? "&{\($0)}" : "&\($0)" }
    case nil where place == nil: quoted("\"").map { "\"\($0)\"" }
    default: nil
    }
  }

  var isSyntaxError: Bool { check == nil && message.hasPrefix("syntax error") }

  /// dtc's own words, as a sentence of ours.
  var sentence: String {
    let text = message.hasSuffix(".") ? message.dropLast() : message
    if isSyntaxError { return "dtc cannot read this" }
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  var help: String? {
    switch check {
    case "duplicate_label": return "give one of them another name"
    case "phandle_references", "path_references":
      return "write the label before the node that is meant, or include the file that does"
    case .some: return nil
    case nil: break
    }
    if message.hasPrefix("Couldn't open") {
      return "add the folder that holds it to the include paths"
    }
    if message.hasPrefix("Unexpected") {
      return "include the header that defines it"
    }
    if isSyntaxError {
      return "look at what stands before: a semicolon that is missing is noticed at what follows"
    }
    return nil
  }

  private func quoted(_ quote: Character) -> String? {
    guard let start = message.firstIndex(of: quote) else { return nil }
    let rest = message[message.index(after: start)...]
    return rest.firstIndex(of: quote).map { String(rest[..<$0]) }
  }
}
