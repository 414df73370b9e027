public import Diagnostics

extension DeviceTreeError {
  /// The same fault in a tree that has just been compiled: whoever wrote the source has no blob in
  /// which to look for an offset, and nothing that is damaged.
  public var diagnosticOfSource: Diagnostic {
    switch self {
    case .duplicateNode(let name, _):
      Diagnostic(
        .error, "a second node \"\(name)\" of the same parent",
        help: "give it another name, or another address behind `@`")
    case .duplicateProperty(let name, _):
      Diagnostic(
        .error, "a second property \"\(name)\" of the same node", help: "keep one of them")
    case .emptyName:
      Diagnostic(.error, "the name is empty", help: "give the node a name")
    case .forbiddenCharacter(let byte, _):
      Diagnostic(
        .error, "the byte 0x\(String(byte, radix: 16)) may not be in a name",
        help: "use letters, digits and , . _ + - only")
    case .nameNotUTF8:
      Diagnostic(
        .error, "the name is not UTF-8", help: "use letters, digits and , . _ + - only")
    case .tooDeep(let limit, _):
      Diagnostic(.error, "the node is deeper than \(limit) levels", help: tooMuch)
    case .tooManyNodes(let limit, _):
      Diagnostic(.error, "there are more than the \(limit) nodes that are read", help: tooMuch)
    case .tooManyProperties(let limit, _):
      Diagnostic(
        .error, "there are more than the \(limit) properties that are read", help: tooMuch)
    case .nameTooLong(let limit, _):
      Diagnostic(.error, "the name is longer than \(limit) bytes", help: "shorten it")
    case .tooLarge(let size, let limit):
      Diagnostic(
        .error, "the compiled tree has \(size) bytes, and \(limit) can be read", help: tooMuch)
    default:
      // dtc writes none of the others.
      Diagnostic(
        .error, diagnostic.message, help: "dtc has made this of the source: see what it says of it")
    }
  }

  private var tooMuch: String { "no known board needs so much; look for a loop of includes" }
}
