import BootScripts
import Foundation
import Measures
import Testing

/// The shipped template and small values to fill it with.
enum Sample {
  static func shipped() throws -> ScriptTemplate {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "Templates/xen.cmd"), encoding: .utf8)
    return ScriptTemplate(name: "Templates/xen.cmd", text: text)
  }

  static func script(
    board: String = "demo", title: String = "Example Demo 2", name: String = "dom0 kernel",
    file: String = "kernel"
  ) throws -> XenBootScript {
    XenBootScript(
      board: board, title: title,
      loads: [
        .init(name: "Xen", file: "xen", address: 0x4200_0000, size: 0x11_6290),
        .init(name: name, file: file, address: 0x4400_0000, size: 0x53_2200),
      ],
      xen: 0x4200_0000, tree: 0x4300_0000,
      bootWindow: try #require(AddressRange(start: 0x4000_0000, size: 0x1000_0000)))
  }
}
