import DeviceTree
import Diagnostics

struct OverlayWithoutSymbols: ScriptRule {
  static let card = RuleCard(
    id: "script-overlay-without-symbols", family: .script, severity: .error,
    summary: "an overlay is applied to a tree that was compiled without symbols",
    why:
      "The overlay names what it changes by labels, which only `dtc -@` keeps. U-Boot says `FDT_ERR_NOTFOUND`, and the tree is broken by then.",
    source: "libfdt's fdt_overlay.c; U-Boot's cmd/fdt.c",
    bad: [
      .hush(
        "load mmc 0:1 0x43000000 board.dtb\nfdt addr 0x43000000\nfdt resize 0x1000\n«fdt apply 0x43300000»",
        .card([.tree("/board.dtb")]))
    ],
    good: [
      .hush(
        "load mmc 0:1 0x43000000 board.dtb\nfdt addr 0x43000000\nfdt resize 0x1000\nfdt apply 0x43300000"
      )
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    for step in script.treeSteps where step.verb == "apply" {
      guard let tree = step.tree, !tree.hasNode("/__symbols__") else { continue }
      findings.report(
        "the tree has no `/__symbols__`", at: script.commands[step.command].range,
        help: "compile it with `dtc -@`, or merge the overlay beforehand")
    }
  }
}
