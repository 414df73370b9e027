/// SVG that is put together piece by piece. Looks are classes of one style sheet, so that a viewer's
/// light or dark setting changes them all.
struct SVGCanvas {
  private var lines: [String] = []

  mutating func rect(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String,
    tip: String? = nil
  ) {
    let tip = tip.map { "<title>\(Self.escaped($0))</title>" } ?? ""
    lines.append(
      "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\""
        + " height=\"\(Self.number(height))\" class=\"\(style)\">\(tip)</rect>")
  }

  mutating func line(_ points: [(Double, Double)], _ style: String) {
    let text = points.map { "\(Self.number($0.0)),\(Self.number($0.1))" }.joined(separator: " ")
    lines.append("<polyline points=\"\(text)\" class=\"\(style)\"/>")
  }

  mutating func text(
    _ x: Double, _ y: Double, _ text: String, _ style: String, anchor: String = "start"
  ) {
    lines.append(
      "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" class=\"\(style)\""
        + " text-anchor=\"\(anchor)\">\(Self.escaped(text))</text>")
  }

  func document(width: Double, height: Double, title: String) -> String {
    let size = "\(Self.number(width))\" height=\"\(Self.number(height))"
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(size)" viewBox="0 0 \(Self.number(width)) \
      \(Self.number(height))" role="img">
      <title>\(Self.escaped(title))</title>
      <style>
      \(Self.style)
      </style>
      <rect width="100%" height="100%" class="paper"/>
      \(lines.joined(separator: "\n"))
      </svg>

      """
  }

  /// Tenths of a pixel, without a point where there is nothing behind it.
  static func number(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let tenths = Int((value * 10).rounded())
    let rest = abs(tenths % 10)
    return "\(tenths < 0 && tenths > -10 ? "-" : "")\(tenths / 10)" + (rest == 0 ? "" : ".\(rest)")
  }

  /// What XML keeps for itself, and control characters, which it cannot hold at all.
  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "\u{0}"..."\u{1F}", "\u{7F}", "\u{FFFE}", "\u{FFFF}": out += "\u{FFFD}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  private static let style = """
    text{font:13px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;fill:#1b1f24}
    .title{font-size:18px;font-weight:600}.lane,.note{fill:#57606a}.address{fill:#424a53}
    .bad{fill:#c2182b;font-weight:600}.paper{fill:#fff}.empty{fill:#f6f8fa;stroke:#8c959f}
    .lead,.break{fill:none;stroke:#8c959f;stroke-width:.8}
    .region.ram{fill:#eef3f8;stroke:#8c959f}.region.sram{fill:#dfe9d8;stroke:#5d7a4a}
    .region.registers{fill:#e8e3ee;stroke:#7a6a91}
    .claim{stroke:#1b1f24;stroke-width:.5;fill:#9fb3c8}.bootloader{fill:#b9a17a}.script{fill:#d9c99a}
    .tree{fill:#7cb37c}.xen{fill:#e0a458}.kernel{fill:#6f9fd8}.initrd{fill:#a58fd0}
    .reserved,.secure{fill:#c3c7cc}.grant-table{fill:#d98c8c}.xen-heap,.frame-table{fill:#f0cf9e}
    .dom0{fill:#bcd6f2}.clash{fill:#c2182b;fill-opacity:.6;stroke:#c2182b;stroke-width:2}
    @media (prefers-color-scheme:dark){
    text{fill:#e6edf3}.lane,.note{fill:#9da7b3}.address{fill:#c9d1d9}.bad{fill:#ff7b86}
    .paper{fill:#0d1117}.empty{fill:#161b22;stroke:#6e7681}.lead,.break{stroke:#6e7681}
    .region.ram{fill:#1a2330;stroke:#6e7681}.region.sram{fill:#1f2d1b;stroke:#6c8f58}
    .region.registers{fill:#29213a;stroke:#8a77a8}.claim{stroke:#0d1117}
    .clash{fill:#ff7b86;stroke:#ff7b86}}
    """
}
