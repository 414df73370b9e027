/// What a source text asks of whoever compiles it.
public struct SourceShape: Sendable, Hashable {
  /// It has lines for cpp: `#include`, `#define`, `#if` … (and not only `#size-cells`).
  public let needsPreprocessor: Bool
  /// It says `/plugin/`.
  public let isOverlay: Bool
  /// The files that it asks for.
  public let includes: [SourceInclude]

  public init(_ text: [UInt8]) {
    let source = SourceText(text)
    let tokens = source?.tokens ?? []
    includes = source.map(SourceInclude.all) ?? []
    needsPreprocessor = tokens.contains { $0.kind == .directive }
    isOverlay = tokens.contains {
      $0.kind == .keyword && text[$0.range].elementsEqual("/plugin/".utf8)
    }
  }
}
