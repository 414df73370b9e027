import DeviceTree
import Diagnostics

struct XenArguments: ScriptRule {
  static let card = RuleCard(
    id: "script-xen-arguments", family: .script, severity: .warning,
    summary: "Xen or dom0 does not get its command line, or its kernel",
    why: """
      Xen reads `xen,xen-bootargs` of `/chosen`, dom0 gets `xen,dom0-bootargs`. Where one lacks, `bootargs` goes to the other, and \
      U-Boot writes its own variable `bootargs` there. Without a module that is a kernel Xen stops.
      """,
    context: .xen, source: "Xen's docs/misc/arm/device-tree/booting.txt and xen/arch/arm/bootfdt.c",
    bad: [
      .hush(
        "fdt addr 0x43000000\nfdt resize 0x1000\nfdt mknod /chosen module@44000000\nfdt set /chosen/module@44000000 compatible multiboot,module multiboot,kernel\n«bootz 0x42000000 - 0x43000000»",
        .xenBoard),
      .hush(
        "fdt addr 0x43000000\nfdt resize 0x1000\nfdt mknod /chosen m\nfdt set /chosen xen,xen-bootargs \"dom0_mem=512M\"\n«bootz 0x42000000 - 0x43000000»",
        .xenBoard),
      .hush(
        "«setenv bootargs console=hvc0»\nload mmc 0:1 0x42000000 xen\nbootz 0x42000000 - 0x43000000",
        .xenBoard),
      .hush(
        "load mmc 0:1 0x43000000 board.dtb\nfdt addr 0x43000000\nfdt resize 0x1000\nfdt mknod /chosen k\nfdt set /chosen/k compatible multiboot,kernel\nfdt set /chosen xen,xen-bootargs «\"dom0_mem=512M dtuart=/soc/serial\"»\nbootz 0x42000000 - 0x43000000",
        .card([.tree("/board.dtb")], xen: "4.17")),
    ],
    good: [
      .hush(
        """
        fdt addr 0x43000000
        fdt resize 0x1000
        fdt set /chosen xen,xen-bootargs "dom0_mem=512M console=dtuart dtuart=serial0"
        fdt set /chosen xen,dom0-bootargs "console=hvc0"
        fdt mknod /chosen module@44000000
        fdt set /chosen/module@44000000 compatible multiboot,kernel multiboot,module
        bootz 0x42000000 - 0x43000000
        """, .xenBoard),
      .hush(
        "setenv bootargs\nload mmc 0:1 0x42000000 xen\nbootz 0x42000000 - 0x43000000", .xenBoard),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    guard let boot = script.boots.last else { return }
    checkEnvironment(script, before: boot, &findings)
    let steps = script.treeSteps
    var isKernel = false
    var lines: [String: (word: ScriptWord, step: ScriptContext.TreeStep)] = [:]
    var touches = false
    // A script that only replaces a command line leaves the modules to the tree.
    touches = steps.contains { $0.verb == "mknod" }
    for step in steps where step.verb == "set" {
      let arguments = Array(step.arguments)
      guard arguments.count > 2 else { continue }
      let values = arguments[2...].map(\.value.outline).joined(separator: " ")
      if arguments[1].text == "compatible",
        values.contains("multiboot,kernel") || values.contains("xen,linux-zimage")
      {
        isKernel = true
        touches = true
      }
      if let name = arguments[1].text, name.hasPrefix("xen,") {
        lines[name] = (arguments[2], step)
      }
    }
    // Where the script leaves `/chosen` alone, the tree has been made for Xen before.
    guard touches, let address = steps.last?.address, !hasXen(steps.last?.tree) else { return }
    let range = script.commands[boot].range
    if !isKernel {
      findings.report(
        "no module of the tree at \(hex(address)) is a kernel: Xen has no dom0 to start", at: range,
        severity: .error,
        help: "give one `compatible = \"multiboot,kernel\", \"multiboot,module\"`")
    }
    guard let line = lines["xen,xen-bootargs"] else {
      findings.report(
        "nothing sets `xen,xen-bootargs`", at: range,
        help:
          "write `fdt set /chosen xen,xen-bootargs \"console=dtuart dtuart=serial0 dom0_mem=512M\"`"
      )
      return
    }
    checkXen(line.word, line.step, &findings)
    if let dom0 = lines["xen,dom0-bootargs"], let text = dom0.word.text,
      !text.contains("console=hvc0")
    {
      findings.report(
        "dom0's console is `hvc0`, and its command line does not say so", at: dom0.word.range,
        help: "add `console=hvc0`")
    }
  }

  /// U-Boot writes `bootargs` into the tree, over what stands there.
  private static func checkEnvironment(
    _ script: ScriptContext, before boot: Int, _ findings: inout ScriptFindings
  ) {
    var last: ScriptCommand?
    for command in script.commands[..<boot] where !command.isLoop {
      for set in ScriptEffect(of: command).sets where set.name == "bootargs" {
        last = set.value?.text == "" ? nil : command
      }
    }
    guard let last else { return }
    findings.report(
      "U-Boot writes this over `/chosen/bootargs`, which is Xen's or dom0's, by what else the tree has",
      at: last.range,
      help: "leave `bootargs` empty, and set `xen,xen-bootargs` and `xen,dom0-bootargs`")
  }

  private static func checkXen(
    _ word: ScriptWord, _ step: ScriptContext.TreeStep, _ findings: inout ScriptFindings
  ) {
    guard let text = word.text else { return }
    let words = text.split(separator: " ")
    if !words.contains(where: { $0.hasPrefix("dom0_mem=") }) {
      findings.report(
        "Xen is not told how much memory dom0 gets", at: word.range, help: "add `dom0_mem=512M`")
    }
    guard let tree = step.tree,
      let uart = words.first(where: { $0.hasPrefix("dtuart=") })?.dropFirst(7).split(separator: ":")
        .first
    else { return }
    let isThere =
      if uart.hasPrefix("/") {
        tree.hasNode(String(uart))
      } else {
        tree.node(at: "/aliases").map { node in
          tree.properties(node).contains { tree.propertyName($0) == uart }
        } ?? false
      }
    if !isThere {
      findings.report(
        "the tree has no `\(uart)`", at: word.range, severity: .error,
        help: "name an alias or the path of a serial line")
    }
  }

  /// A tree that has been made for Xen needs no more.
  private static func hasXen(_ tree: FlatTree?) -> Bool {
    guard let tree, let chosen = tree.node(at: "/chosen") else { return false }
    return tree.properties(chosen).contains { tree.propertyName($0).hasPrefix("xen,") }
      || tree.hasChildren(chosen)
  }
}

extension RuleExample.Target {
  fileprivate static var xenBoard: Self {
    var target = board
    target.xen = "4.17"
    return target
  }
}
