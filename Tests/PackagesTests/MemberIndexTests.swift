import Archives
import Measures
import Testing

@testable import Packages

@Suite struct MemberIndexTests {
  static let hash = String(repeating: "0a", count: 32)
  static let text = """
    ctboot members 1
    wanted boot/vmlinuz-*
    file \(hash) 7 boot/vmlinuz-6.1 with blanks

    """

  @Test func anIndexIsReadAsItWasWritten() {
    var index = MemberIndex()
    index.patterns = ["boot/vmlinuz-*"]
    index.entries = ["boot/vmlinuz-6.1 with blanks": .init(sha256: Self.hash, size: 7)]
    #expect(index.text == Self.text)
    let again = MemberIndex(index.text)
    #expect(again.answer(to: "boot/vmlinuz-*") == index.entries)
    #expect(again.answer(to: "boot/xen") == nil)
  }

  /// What is damaged answers nothing, so that its members are taken again.
  @Test(
    arguments: [
      ("file \(MemberIndexTests.hash)", "fil \(MemberIndexTests.hash)"), (" 7 ", " seven "),
      (" 7 ", " "), (MemberIndexTests.hash, "0a"),
      (MemberIndexTests.hash, String(repeating: "g", count: 64)),
      ("boot/vmlinuz-6.1", "../../evil"),
      ("boot/vmlinuz-6.1", "/evil"), ("wanted boot/vmlinuz-*\n", "wanted boot/vmlinuz-*\nodd\n"),
      ("wanted boot", "wanted"), ("members 1", "members 2"), ("with blanks\n", "with"),
    ])
  func aDamagedIndexIsAnEmptyOne(old: String, new: String) {
    let damaged = Self.text.replacing(old, with: new)
    #expect(damaged != Self.text)
    let index = MemberIndex(damaged)
    #expect(index.answer(to: "boot/vmlinuz-*") == nil)
    #expect(index.entries.isEmpty && index.patterns.isEmpty)
  }

  @Test func aPatternWithoutMembersWasNeverAnswered() {
    #expect(MemberIndex("ctboot members 1\nwanted boot/xen\n").answer(to: "boot/xen") == nil)
  }
}
