import Hush

/// What the parser makes of a text, as text that a person can compare.
///
/// A list is a line; words are in brackets where they were quoted, a substitution is `‹name›`, what
/// stands between pipelines is `;`, `&&` or `||`, and a pipeline of a structure begins with its mode.
func outline(_ text: String, for purpose: HushParser.Purpose = .script) -> [String] {
  HushParser.steps(Array(text.utf8), for: purpose).compactMap { step in
    switch step {
    case .list(let list):
      let line = outline(list.pipelines)
      let complaints = list.complaints.map { " !\(name($0.kind))" }.joined()
      return line.isEmpty && complaints.isEmpty ? nil : line + complaints
    case .fault(let fault):
      return "!\(name(fault.kind)) at \(fault.range.lowerBound)"
    }
  }
}

private func outline(_ pipelines: [HushPipeline]) -> String {
  pipelines.filter { $0.command != nil }.map { pipeline in
    let sign =
      switch pipeline.followup {
      case .sequence: ";"
      case .and: " &&"
      case .or: " ||"
      }
    let mode = pipeline.mode == .none ? "" : "\(pipeline.mode.rawValue): "
    return mode + outline(pipeline.command) + sign
  }.joined(separator: " ")
}

private func outline(_ command: HushCommand?) -> String {
  switch command {
  case nil: ""
  case .simple(let words): words.map(outline).joined(separator: " ")
  case .group(let pipelines, _): "{ \(outline(pipelines)) }"
  }
}

private func outline(_ word: HushWord) -> String {
  var opens = true
  var text = ""
  for byte in word.bytes {
    if byte == HushWord.mark {
      text += opens ? "‹" : "›"
      opens.toggle()
    } else {
      text.unicodeScalars.append(Unicode.Scalar(byte))
    }
  }
  return word.isQuoted ? "[\(text)]" : text
}

private func name(_ kind: HushFault.Kind) -> String {
  switch kind {
  case .openSingleQuote: "open single quote"
  case .openBrace: "open brace"
  case .singleOperator(let sign): "single \(Character(Unicode.Scalar(sign)))"
  case .misplaced(let mode): "misplaced \(mode.rawValue)"
  case .wordsBehindGroup: "words behind a group"
  case .openGroup(let mode): "open \(mode.rawValue)"
  case .tooDeep: "too deep"
  }
}
