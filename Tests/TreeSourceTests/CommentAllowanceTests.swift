import Diagnostics
import Testing
import TreeSource

/// Comments that accept findings.
@Suite struct CommentAllowanceTests {
  @Test func aCommentSpeaksForThePropertyBehindIt() {
    let comments = CommentAllowances(
      dts:
        """
        /dts-v1/;
        / {
          /* ctboot-lint: allow(model_is_string, irq-spi-flag): an old loader
           * wants it */
          model = <1>,
                  <2>;
          compatible = "a,b";
        };
        """)
    let allowance = comments.allowances.first
    #expect(allowance?.rules == ["model_is_string", "irq-spi-flag"])
    #expect(allowance?.reason == "an old loader wants it")
    #expect(allowance?.line == 3 && allowance?.lines == 5...6)
    #expect(comments.malformed.isEmpty)
  }

  @Test func aCommentSpeaksForAllThatIsInANode() {
    let comments = CommentAllowances(
      dts:
        """
        / {
          // ctboot-lint: allow(a): whole node
          soc: soc@0 {
            x = "};", "\\"{";
            child { y; };
          };
          z;
        };
        """)
    #expect(comments.allowances.map(\.lines) == [3...6])
  }

  @Test(arguments: [
    "/* ctboot-lint: allow(a) */ x;", "/* ctboot-lint: allow(): no rule */ x;",
    "/* ctboot-lint: deny(a): b */ x;", "/* ctboot-lint: allow(a):  */ x;",
  ])
  func whatIsNoAllowanceIsTold(source: String) {
    let comments = CommentAllowances(dts: source)
    #expect(comments.allowances.isEmpty && comments.malformed == [1] && comments.pointless.isEmpty)
  }

  /// It can be read, and stands where it can allow nothing.
  @Test(arguments: [
    "/* ctboot-lint: allow(a): at the end */", "/* ctboot-lint: allow(a): never ends */ x",
    "/ { x; // ctboot-lint: allow(a): behind the last property\n};",
    "/ { b { // ctboot-lint: allow(a): in an empty node\n}; };",
  ])
  func anAllowanceBeforeNothing(source: String) {
    let comments = CommentAllowances(dts: source)
    #expect(comments.allowances.isEmpty && comments.malformed.isEmpty && comments.pointless == [1])
  }

  /// Such a comment is most likely meant for what stands before it.
  @Test func anAllowanceBehindAProperty() {
    let comments = CommentAllowances(
      dts:
        """
        / {
          x; // ctboot-lint: allow(a): behind x
          // ctboot-lint: allow(a): before y
          y;
        };
        """)
    #expect(comments.allowances.map(\.isBehind) == [true, false])
    #expect(comments.allowances.map(\.lines) == [4...4, 4...4])
  }

  @Test func linesForTheMacroProcessorBeginNothing() {
    let comments = CommentAllowances(
      dts:
        """
        / {
          // ctboot-lint: allow(a): only one property
          #define OPEN {
          #ifdef WIDE
          reg = <&{/other} 1>;
          #endif
          z;
        };
        """)
    #expect(comments.allowances.map(\.lines) == [5...5])
  }
}
