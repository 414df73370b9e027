/// What the shell runs at one go: at the top level a line, or a control structure with all its lines.
public struct HushList: Sendable, Hashable {
  public let pipelines: [HushPipeline]
  /// In the text.
  public let range: Range<Int>
  /// Where a double quote opens that is closed nowhere: all that follows is part of its word.
  public let openQuote: Int?
  /// Words that the shell refused and complained of, and went on: those before a `;`, `&&` or `||`.
  public let complaints: [HushFault]
}

/// A command (U-Boot's shell has no pipes), and what follows it.
///
/// A control structure is a group of pipelines that tell by their modes what they belong to:
///
/// ```
/// if test -e mmc 0:1 xen; then echo there; fi
/// ─────────────────────── ──── ──────────  ──
///          .if            .then   .then    .fi     one pipeline each, without a command where
///                                                  nothing stands before the semicolon
/// ```
public struct HushPipeline: Sendable, Hashable {
  public let mode: HushMode
  /// Nil where there is nothing to run, as between two semicolons. The interpreter needs these too:
  /// a skipped `&&` or `||` list ends at the next pipeline that a sequence follows.
  public let command: HushCommand?
  public let followup: HushOperator
}

public indirect enum HushCommand: Sendable, Hashable {
  /// Words; assignments are words too.
  case simple([HushWord])
  /// A control structure; where its first word begins, up to behind its last one.
  case group([HushPipeline], range: Range<Int>)
}
