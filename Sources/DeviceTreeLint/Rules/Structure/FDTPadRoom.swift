import DeviceTree
import Diagnostics
import Measures

/// A tree with something close behind it, where U-Boot makes it larger in place.
enum FDTPadRoom: TreeRule {
  static let card = RuleCard(
    id: "fdt-pad-room", family: .structure, severity: .warning,
    summary: "something lies so close behind the tree that there is no room for U-Boot's edits",
    why: """
      U-Boot writes arguments, memory and the initial RAM disk into the tree, and makes it 0x3000
      bytes larger for that: in place, where the script edits it or `fdt_high` is ~0. What lies
      there is overwritten once the edits need it, and without the room a script's `fdt set` says
      FDT_ERR_NOSPACE. It was seen to boot, where the edits happened to fit the slack at the end of
      the tree.
      """,
    context: .xen,
    evidence: .tolerated(version: "4.17.5"),
    source: "U-Boot boot/image-fdt.c, boot_relocate_fdt; CONFIG_SYS_FDT_PAD",
    bad: [
      RuleExample(
        "/ { };",
        for: .init(
          xen: "4.17", files: [.init(address: 0x4300_1000, bytes: [0])],
          treeAddress: 0x4300_0000))
    ],
    good: [
      RuleExample(
        "/ { };",
        for: .init(
          xen: "4.17", files: [.init(address: 0x4310_0000, bytes: [0])],
          treeAddress: 0x4300_0000)),
      RuleExample(
        "/ { };",
        for: .init(
          xen: "4.17", files: [.init(address: 0x4300_1000, bytes: [0])],
          environment: ["fdt_high": "0x50000000"], treeAddress: 0x4300_0000)),
    ])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    guard let address = context.target.treeAddress, growsInPlace(context.target),
      let tree = AddressRange(
        start: address, size: ByteCount(UInt64(context.tree.layout.totalSize)))
    else { return }
    let files = context.target.loaded.map { ($0.name, $0.address) }
    let modules = context.modules.compactMap { module in
      module.range.map { (context.tree.path(module.node), $0.start) }
    }
    // What begins inside the tree is another rule's.
    let behind = (files + modules).filter { $0.1 >= tree.end }
    guard let (name, start) = behind.min(by: { $0.1 < $1.1 }),
      start.rawValue - tree.end.rawValue < UInt64(UBootPad.size)
    else { return }
    findings.report(
      "\(name) at \(start) leaves \(hex(start.rawValue - tree.end.rawValue)) bytes behind the tree,"
        + " which ends at \(tree.end); U-Boot makes it \(hex(UBootPad.size)) larger",
      atOffset: nil,
      help: "leave \(hex(UBootPad.size)) bytes free behind the tree")
  }

  /// U-Boot moves the tree where `fdt_high` is an address; where nobody knows, the script may have
  /// made it larger before that.
  private static func growsInPlace(_ target: LintTarget) -> Bool {
    guard let text = target.environment["fdt_high"] else { return true }
    let digits = text.lowercased().hasPrefix("0x") ? text.dropFirst(2) : text[...]
    guard let limit = UInt64(digits, radix: 16) else { return true }
    return limit == UInt64(UInt32.max) || limit == .max
  }
}
