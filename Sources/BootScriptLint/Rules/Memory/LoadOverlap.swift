import Diagnostics
import Measures

struct LoadOverlap: ScriptRule {
  static let card = RuleCard(
    id: "script-load-overlap", family: .script, severity: .error,
    summary: "two things lie in the same memory",
    why: """
      The later load writes over the earlier one, and nothing tells: Xen or the kernel hangs before it prints, or finds no \
      initrd. A hypervisor takes more memory than its file, and a tree grows.
      """,
    after: ["script-load-outside-ram"],
    source:
      "U-Boot's fs/fs.c, which checks no neighbours; the zImage header; Xen's docs/misc/arm/booting.txt",
    bad: [
      .hush(
        "load mmc 0:1 0x42000000 xen\nload mmc 0:1 «0x42100000» zImage\nbootz 0x42000000",
        .card([.xen("/xen", end: 0x20_0000), .zImage("/zImage")])),
      .hush(
        "load mmc 0:1 0x42000000 zImage\nload mmc 0:1 «0x42000000» board.dtb\nbootz 0x42000000"),
      .hush("load mmc 0:1 «0x7a000000» zImage\nbootz 0x42000000", .card([.zImage("/zImage")])),
    ],
    good: [
      .hush(
        "load mmc 0:1 0x42000000 xen\nload mmc 0:1 0x42200000 zImage\nbootz 0x42000000",
        .card([.xen("/xen", end: 0x20_0000), .zImage("/zImage")])),
      .hush("load mmc 0:1 0x42000000 a || load mmc 0:1 0x42000000 b"),
      .hush(
        "load mmc 0:1 0x42000000 uEnv.txt && env import -t 0x42000000 ${filesize}\nload mmc 0:1 0x42000000 zImage"
      ),
      .hush("if load mmc 0:1 0x42000000 a; then echo a; else load mmc 0:1 0x42000000 b; fi"),
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    let placed = script.placed
    var told: Set<Int> = []
    // By start; only neighbours that still reach so far are compared.
    let sorted = placed.sorted { ($0.start, $0.load.command) < ($1.start, $1.load.command) }
    var open: [ScriptContext.Placed] = []
    for one in sorted {
      open.removeAll { $0.end <= one.start }
      for other in open {
        let (first, second) = other.load.command < one.load.command ? (other, one) : (one, other)
        guard first.load.command != second.load.command,
          !script.exclude(first.load.command, second.load.command),
          // The same file again, as in a second try, or another set of files when the first did not boot.
          first.load.path?.value != second.load.path?.value || first.start != second.start,
          !script.hasBoot(between: first.load.command, and: second.load.command),
          told.insert(second.load.command).inserted
        else { continue }
        report(second, over: first, &findings)
      }
      if open.count < 64 { open.append(one) }
    }
    for one in placed where !told.contains(one.load.command) { checkFixed(one, script, &findings) }
  }

  private static func report(
    _ second: ScriptContext.Placed, over first: ScriptContext.Placed,
    _ findings: inout ScriptFindings
  ) {
    guard let word = second.load.addressWord else { return }
    let free = first.end.addingReportingOverflow(0xF_FFFF).partialValue & ~0xF_FFFF
    findings.report(
      "\(second.name) lies over \(first.name), which has \(hex(first.start)) to \(hex(first.end))",
      at: word.range,
      help: second.start >= first.start && first.size != nil
        ? "the next free MiB begins at \(hex(free))" : "load it elsewhere")
  }

  /// What lies fast: U-Boot, the script, reserved memory.
  private static func checkFixed(
    _ one: ScriptContext.Placed, _ script: ScriptContext, _ findings: inout ScriptFindings
  ) {
    guard let word = one.load.addressWord, let size = one.size,
      let range = AddressRange(start: Address(one.start), size: ByteCount(size))
    else { return }
    var fixed =
      script.target.own.map { ($0, "U-Boot itself") }
      + script.target.reserved.map { ($0, "reserved memory") }
    if script.isScript, let address = script.target.scriptAddress,
      let own = AddressRange(start: address, size: ByteCount(script.text.count + 72))
    {
      fixed.append((own, "the script that runs"))
    }
    for (place, owner) in fixed where place.overlaps(range) {
      findings.report(
        "\(one.name) reaches \(hex(one.end)), into \(owner) at \(place.start)", at: word.range,
        help: "load it elsewhere")
      return
    }
  }
}
