/// The grammar of U-Boot's old shell, `common/cli_hush.c`: a text in, one list at a time out.
///
/// The shell runs each list before it reads on. So the lines before a fault have run, and whoever
/// plays a script has to take one step after the other:
///
/// ```
/// echo one            .list
/// if true; then       .list       a structure is one list, however many lines it has
///   echo two
/// fi
/// echo 'three         .fault      the rest is dropped
/// echo four
/// ```
public struct HushParser: Sendable {
  /// For what the shell parses a text.
  public enum Purpose: Sendable {
    /// A script, by `source`: the shell runs line after line.
    case script
    /// A variable, by `run`: the whole text is one list, and is parsed before any of it runs.
    case variable
    /// A command line after substitution: words and quotes only; `;`, `$`, `&` and `|` are
    /// ordinary characters there.
    case reparse
  }

  public enum Step: Sendable, Hashable {
    case list(HushList)
    case fault(HushFault)
  }

  /// Structures within each other.
  public static let deepest = 100

  private var reader: HushReader

  /// - Parameter text: what stands behind a NUL is not seen, as in U-Boot.
  public init(_ text: [UInt8], for purpose: Purpose = .script) {
    reader = HushReader(text, for: purpose)
  }

  /// The next list, or why there is none; nil at the end.
  public mutating func next() -> Step? { reader.next() }

  /// All steps. Nothing follows a fault.
  public static func steps(_ text: [UInt8], for purpose: Purpose = .script) -> [Step] {
    var parser = HushParser(text, for: purpose)
    var steps: [Step] = []
    while let step = parser.next() { steps.append(step) }
    return steps
  }
}
