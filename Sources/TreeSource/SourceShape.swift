/// What a source text asks of whoever compiles it.
public struct SourceShape: Sendable, Hashable {
  /// It has lines for cpp: `#include`, `#define`, `#if` … (and not only `#size-cells`).
  public let needsPreprocessor: Bool
  /// It says `/plugin/`.
  public let isOverlay: Bool
  /// The files that it asks for.
  public let includes: [SourceInclude]
  /// Where the text is cpp's output: the files that it was made of. Some have nothing in it but their
  /// name, such as a header of macros.
  public let filesRead: Set<String>

  public init(_ text: [UInt8]) {
    let source = SourceText(text)
    let tokens = source?.tokens ?? []
    includes = source.map(SourceInclude.all) ?? []
    filesRead = source.map(Self.filesRead) ?? []
    needsPreprocessor = tokens.contains { $0.kind == .directive }
    isOverlay = tokens.contains {
      $0.kind == .keyword && text[$0.range].elementsEqual("/plugin/".utf8)
    }
  }

  private static func filesRead(_ source: SourceText) -> Set<String> {
    var files: Set<String> = []
    for token in source.tokens where token.kind == .marker {
      // cpp's own names, `<built-in>`, stand for no file.
      guard let file = LineMarker(token, in: source.bytes)?.file, !file.hasPrefix("<") else {
        continue
      }
      files.insert(file)
    }
    return files
  }
}
