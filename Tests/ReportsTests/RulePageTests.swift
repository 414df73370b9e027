import Diagnostics
import Reports
import Testing

/// What a rule's page makes of its examples.
@Suite struct RulePageTests {
  private func card(bad: [RuleExample], good: [RuleExample]) -> RuleCard {
    RuleCard(
      id: "fdt-load-align", family: .structure, severity: .error, summary: "it lies badly",
      why: "It hangs.", source: "a book", bad: bad, good: good)
  }

  /// It is not the tree that is wrong, but what is said of it.
  @Test func anyTreeIsNotShown() {
    let page = RulePage.markdown(
      card(
        bad: [RuleExample("/ { };", for: .init(xen: "4.17", treeAddress: 0x4300_0004))],
        good: [RuleExample("/ { };", for: .init(xen: "4.17", treeAddress: 0x4300_0000))]))
    #expect(!page.contains("/ { };"))
    #expect(page.contains("\nWrong: any tree with Xen 4.17, `--tree-address 0x43000004`\n"))
    #expect(page.contains("\nRight: any tree with Xen 4.17, `--tree-address 0x43000000`\n"))
    #expect(page.contains("in a build, or by `--tree-address`"))
  }

  @Test func aTreeIsShownOnce() {
    let tree = "«/» { compatible = \"a,b\"; };"
    let page = RulePage.text(
      card(
        bad: [RuleExample(tree, for: .init(xen: "4.17", environment: ["mode": "sec"]))],
        good: [
          RuleExample(
            tree.replacing("«", with: "").replacing("»", with: ""),
            for: .init(xen: "4.17", files: [.init(address: 0x4000, bytes: [])])),
          RuleExample(tree.replacing("«", with: "").replacing("»", with: ""), for: .xen("4.17")),
        ]))
    #expect(page.split(separator: "compatible").count == 2)
    #expect(
      page.contains(
        "Wrong (Xen 4.17, `mode=sec` in `--environment`):\n    / { compatible = \"a,b\"; };  // here\n"
      ))
    #expect(page.contains("Right: such a tree with Xen 4.17, `--load FILE@0x4000`\n"))
    #expect(page.contains("Right: such a tree with Xen 4.17 alone\n"))
    #expect(page.contains("looks at U-Boot's environment, which `--environment` names"))
  }
}
