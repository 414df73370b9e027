public import Diagnostics

/// Cards of what the linter says of its own input, beside the rules for trees.
public enum OwnCards {
  public static let all = [
    malformedAllowance, unusedAllowance, sourceSyntax, noTree, unreadableFile, refusedOverlay,
  ]

  public static let unreadableFile = RuleCard(
    id: "file-unreadable", family: .input, severity: .error,
    summary: "a file cannot be read",
    why: "Nothing in it was judged, and a run that passed it over in silence would look clean.",
    source: "the operating system's answer",
    bad: ["a folder, a pipe or a file without the right to read it, named as a tree"],
    good: ["/ { };"])

  public static let noTree = RuleCard(
    id: "file-no-tree", family: .input, severity: .error,
    summary: "a source is no whole tree",
    why: "A `.dtsi` is a part of trees: what includes it decides what it means.",
    source: "Devicetree Specification v0.4, chapter 6",
    bad: ["a `.dtsi` named by itself"], good: ["/ { };"])

  public static let refusedOverlay = RuleCard(
    id: "overlay-refused", family: .input, severity: .error,
    summary: "an overlay cannot be laid over the tree that `--base` names",
    why: """
      U-Boot's `fdt apply` would refuse it as well, and leaves a tree that is no tree any more. What \
      the overlay would have changed was not judged.
      """,
    source: "libfdt's fdt_overlay_apply, and what has to be true before it may be called",
    bad: ["/plugin/; &nowhere { status = \"okay\"; };"],
    good: ["/plugin/; &uart0 { status = \"okay\"; };"])

  public static let sourceSyntax = RuleCard(
    id: "dts-syntax", family: .input, severity: .error,
    summary: "a source cannot be compiled",
    why: "dtc or cpp gave up at this place, so there is no tree to judge.",
    source: "dtc's own message", bad: ["/ { model = ; };"], good: ["/ { model = \"A board\"; };"])

  public static let unusedAllowance = RuleCard(
    id: "allowance-unused", family: .input, severity: .warning,
    summary: "a finding is allowed that is not there",
    why: "It would hide the next mistake of that kind at this place.",
    source: "this linter",
    bad: [
      """
      / {
        /* ctboot-lint: allow(model_is_string): an old loader wants a number */
        model = "A board";
      };
      """
    ], good: ["/ { model = \"A board\"; };"])

  public static let malformedAllowance = RuleCard(
    id: "allowance-malformed", family: .input, severity: .warning,
    summary: "a comment begins as an allowance and is none, or stands before nothing",
    why: """
      It allows nothing. The reason is part of it: whoever comes later has nothing else to go by. It \
      speaks for the node or property that follows it, and not for one before it.
      """,
    source: "this linter",
    bad: [
      """
      / {
        /* ctboot-lint: allow(model_is_string) */
        model = <1>;
      };
      """
    ],
    good: [
      """
      / {
        /* ctboot-lint: allow(model_is_string): an old loader wants a number */
        model = <1>;
      };
      """
    ])
}
