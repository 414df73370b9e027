/// What a source text asks of whoever compiles it.
public struct SourceShape: Sendable, Hashable {
  /// It has lines for cpp: `#include`, `#define`, `#if` … (and not only `#size-cells`).
  public let needsPreprocessor: Bool
  /// It says `/plugin/`.
  public let isOverlay: Bool

  public init(_ text: [UInt8]) {
    let tokens = SourceText(text)?.tokens ?? []
    needsPreprocessor = tokens.contains { $0.kind == .directive }
    isOverlay = tokens.contains {
      $0.kind == .keyword && text[$0.range].elementsEqual("/plugin/".utf8)
    }
  }
}
