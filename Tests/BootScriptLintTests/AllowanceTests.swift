import BootScriptLint
import Diagnostics
import Testing

/// What comments allow, and for which lines they speak.
@Suite struct AllowanceTests {
  private func allowances(_ text: String, kind: ScriptKind = .commands) -> CommentAllowances {
    ScriptLinter(rules: []).lint(Array(text.utf8), file: "boot.cmd", kind: kind).allowances
  }

  @Test func aCommentSpeaksForTheNextCommand() {
    let found = allowances(
      "# ctboot-lint: allow(script-saveenv): the board has no other way\nsaveenv\nsaveenv\n")
    #expect(found.allowances.map(\.lines) == [2...2])
    #expect(found.allowances.first?.reason == "the board has no other way")
  }

  @Test func aCommentSpeaksForAWholeStructure() {
    let found = allowances(
      "echo a\n# ctboot-lint: allow(script-left-over): wanted\nif true; then\n  sleep 60\nfi\nsleep 60\n"
    )
    #expect(found.allowances.map(\.lines) == [3...5])
  }

  @Test func withinAStructureItSpeaksForOneCommand() {
    let found = allowances(
      "if true; then\n  # ctboot-lint: allow(script-left-over): wanted\n  sleep 60\n  echo b\nfi\n")
    #expect(found.allowances.map(\.lines) == [3...3])
  }

  @Test func inEnvironmentTextItSpeaksForTheNextLine() {
    let found = allowances(
      "# ctboot-lint: allow(uenv-deletes): on purpose\n\nbootargs=\nx=1\n", kind: .environment)
    #expect(found.allowances.map(\.lines) == [3...3])
  }

  @Test func aReasonIsNotOptional() {
    let found = allowances("# ctboot-lint: allow(script-saveenv)\nsaveenv\n")
    #expect(found.allowances.isEmpty && found.malformed == [1])
  }

  @Test func whatTheShellDropsCanBeAllowedToo() {
    let found = allowances("# ctboot-lint: allow(script-unclosed-block): a trial\nif true; then\n")
    #expect(found.allowances.map(\.lines) == [1...3])
  }
}
