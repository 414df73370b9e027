import DeviceTree
import Diagnostics

struct TreeCells: ScriptRule {
  static let card = RuleCard(
    id: "script-fdt-cells", family: .script, severity: .error,
    summary: "a reg does not have as many cells as its parent says",
    why: """
      Xen takes addresses and sizes by `#address-cells` and `#size-cells` of `/chosen`. With another count the address of one \
      module becomes the size of another, and Xen finds nothing there.
      """,
    source:
      "Devicetree Specification 0.4, section 2.3.6; Xen's docs/misc/arm/device-tree/booting.txt",
    bad: [
      .hush(
        """
        fdt addr 0x43000000
        fdt resize 0x1000
        fdt set /chosen \\#address-cells <1>
        fdt set /chosen \\#size-cells <1>
        fdt mknod /chosen module@44000000
        fdt set /chosen/module@44000000 reg «<0x0 0x44000000 0x0 0x${filesize} 0x0>»
        """)
    ],
    good: [
      .hush(
        """
        fdt addr 0x43000000
        fdt resize 0x1000
        fdt set /chosen \\#address-cells <1>
        fdt set /chosen \\#size-cells <1>
        fdt mknod /chosen module@44000000
        fdt set /chosen/module@44000000 reg <0x44000000 0x${filesize}>
        """)
    ])

  static func check(_ script: ScriptContext, _ findings: inout ScriptFindings) {
    /// What the script has set, by path and name.
    var cells: [String: Int] = [:]
    for step in script.treeSteps where step.verb == "set" {
      let arguments = Array(step.arguments)
      guard arguments.count > 2, let path = arguments[0].text, let name = arguments[1].text else {
        continue
      }
      let plain = ScriptVolume.normalised(path)
      let values = arguments[2...].map(\.value.outline).joined(separator: " ")
      guard values.hasPrefix("<") else { continue }
      let words = values.split { $0 == " " || $0 == "<" || $0 == ">" }
      if name == "#address-cells" || name == "#size-cells" {
        cells[plain + name] = words.first.flatMap { number($0) }
        continue
      }
      guard name == "reg", let slash = plain.lastIndex(of: "/") else { continue }
      let parent = slash == plain.startIndex ? "/" : String(plain[..<slash])
      func count(_ name: String, _ known: KnownName) -> Int? {
        if let set = cells[parent + name] { return set }
        return step.tree.flatMap { tree in
          tree.node(at: parent).flatMap { tree.onlyCell($0, known) }.map { Int($0) }
        }
      }
      guard let address = count("#address-cells", .addressCells),
        let size = count("#size-cells", .sizeCells),
        (1...4).contains(address), (0...4).contains(size),
        words.count % (address + size) != 0 || words.isEmpty,
        let last = arguments.last
      else { continue }
      findings.report(
        "\(words.count) cells stand here, and `\(parent)` asks for \(address) and \(size)",
        at: arguments[2].range
          .lowerBound..<max(arguments[2].range.lowerBound, last.range.upperBound),
        help: "write \(address) for the address and \(size) for the size")
    }
  }

  /// Numbers of cells are decimal, or hexadecimal with 0x.
  private static func number(_ text: Substring) -> Int? {
    text.hasPrefix("0x") ? UInt64(uBoot: text).flatMap { Int(exactly: $0) } : Int(text)
  }
}
