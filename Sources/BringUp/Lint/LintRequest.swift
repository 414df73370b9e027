public import BootImages
public import Diagnostics
public import Measures
public import Rulings
public import SystemPackage

/// What is to be linted, for what, and what of the findings is to be told.
public struct LintRequest: Sendable {
  /// A file that lies in memory when Xen starts.
  public struct Load: Sendable, Hashable {
    public let file: FilePath
    public let address: Address

    /// Reads `FILE@ADDRESS`, the address in hexadecimal with or without `0x`; nil for anything else.
    public init?(_ text: String) {
      guard let at = text.lastIndex(of: "@") else { return nil }
      guard at != text.startIndex,
        let address = Address(hexadecimal: text[text.index(after: at)...])
      else { return nil }
      file = FilePath(String(text[..<at]))
      self.address = address
    }
  }

  /// Files and folders, as the user named them.
  public var paths: [FilePath]
  public var xen: XenVersion?
  /// A board's name; nil to go by each tree's root `compatible`.
  public var board: String?
  /// The rules that speak.
  public var rules: Set<RuleID>
  /// Where `#include` and `/include/` look further.
  public var includePaths: [FilePath] = []
  public var loads: [Load] = []
  /// Where Xen finds the tree.
  public var treeAddress: Address?
  /// The card that scripts stand on: a disk image.
  public var image: FilePath?
  /// Files whose names tell nothing are scripts.
  public var takesScripts = false
  /// A file of U-Boot's environment, `NAME=VALUE` lines.
  public var environment: FilePath?
  /// The tree that overlays are laid over, each by itself, to be judged as a part of it; nil to judge
  /// no more than their own form.
  public var base: FilePath?
  /// In words about several files, what is told over and over is only counted.
  public var countsRepetitions = false
  public var baseline: FilePath?
  /// The findings are accepted from now on, by a baseline written to `baseline`.
  public var writesBaseline = false
  /// Apply what is safe to apply.
  public var fixes = false
  /// The project file, whose board, version of Xen and allowances count; nil to look for
  /// `ctboot.yaml` in this folder.
  public var project: FilePath?

  public init(paths: [FilePath], rules: Set<RuleID> = RuleBook.all.usual) {
    self.paths = paths
    self.rules = rules
  }
}
