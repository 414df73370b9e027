public import Diagnostics

/// Cards of what the linter says of its own input, beside the rules for trees.
public enum OwnCards {
  public static let all = [
    malformedAllowance, unusedAllowance, sourceSyntax, noTree, unreadableFile,
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
    why: "A `.dtsi` is a part of trees, and a text without `/dts-v1/` is none.",
    source: "Devicetree Specification v0.4, chapter 6",
    bad: ["/* nothing but a comment */"], good: ["/ { };"])

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
    summary: "a comment begins as an allowance and is none",
    why:
      "It allows nothing. The reason is part of it: whoever comes later has nothing else to go by.",
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
