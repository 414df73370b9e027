import DeviceTree
import Diagnostics

struct TreePath: ScriptRule {
  static let card = RuleCard(
    id: "script-fdt-path", family: .script, severity: .error,
    summary: "an edit names a node that the tree does not have",
    why:
      "U-Boot says `FDT_ERR_NOTFOUND`, and the edit is not made. `fdt set` makes properties, but no nodes.",
    after: ["script-fdt-before-addr"],
    source: "U-Boot's cmd/fdt.c",
    bad: [
      .hush(
        "load mmc 0:1 0x43000000 board.dtb\nfdt addr 0x43000000\nfdt resize 0x1000\nfdt set «/soc/serial@1» status okay",
        .card([.tree("/board.dtb")]))
    ],
    good: [
      .hush(
        "load mmc 0:1 0x43000000 board.dtb\nfdt addr 0x43000000\nfdt resize 0x1000\nfdt mknod /chosen module@0\nfdt set /chosen/module@0 reg <0x44000000 0x1000>",
        .card([.tree("/board.dtb")]))
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    var made: Set<String> = []
    var isChanged = false
    for step in script.treeSteps {
      let arguments = Array(step.arguments)
      switch step.verb {
      case "apply": isChanged = true
      case "set", "rm", "print", "list", "mknod", "get":
        let place = step.verb == "get" ? 2 : 0
        guard let tree = step.tree, !isChanged, arguments.count > place,
          let path = arguments[place].text, path.hasPrefix("/")
        else { continue }
        let plain = ScriptVolume.normalised(path)
        if !tree.hasNode(plain), !made.contains(plain) {
          findings.report(
            "the tree has no node `\(path)`", at: arguments[place].range,
            help: "make it first: `fdt mknod PARENT NAME`")
          made.insert(plain)
        }
        if step.verb == "mknod", arguments.count > 1, let name = arguments[1].text {
          made.insert(ScriptVolume.normalised(plain + "/" + name))
        }
      default: break
      }
    }
  }
}
