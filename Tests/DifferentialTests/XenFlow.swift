import BootScripts
import Foundation
import ImagePlan
import Measures

/// The boot script that ctboot composes for Xen, played up to the jump into what stands for Xen here.
enum XenFlow {
  static let files: [CardLayout.BootFile] = [
    CardLayout.BootFile(path: "xenflow/xen", bytes: TestDisk.zImage),
    CardLayout.BootFile(path: "xenflow/vmlinuz", bytes: [UInt8](repeating: 0xA5, count: 50_000)),
    CardLayout.BootFile(path: "xenflow/initrd.img", bytes: [UInt8](repeating: 0x5A, count: 9_999)),
  ]

  static func fragments() throws -> [Fragment] {
    let tree = try TestDisk.files().first { $0.path == "board.dtb" }
    guard let tree, let window = AddressRange(start: 0x4000_0000, size: .mebibytes(512)) else {
      throw Fragment.Fault(description: "there is no tree")
    }
    var script = XenBootScript(
      board: "qemu-virt", title: "a board to try things on",
      loads: (files + [tree]).enumerated().map { number, file in
        XenBootScript.Load(
          name: file.path.replacing("xenflow/", with: ""), file: file.path,
          address: Address(0x5000_0000 + UInt64(number) << 24), size: ByteCount(file.bytes.count))
      }, xen: 0x5000_0000, tree: 0x5300_0000, bootWindow: window)
    let good = script
    let file = script.loads[1]
    script.loads[1] = .init(
      name: file.name, file: file.file, address: file.address,
      size: ByteCount(file.size.rawValue + 1))
    let wrongSize = script
    script.loads[1] = .init(
      name: file.name, file: "xenflow/missing", address: file.address, size: file.size)
    let missing = script
    script = good
    script.xen = 0x5100_0000
    return [
      try fragment("xen", good), try fragment("a file of another size", wrongSize),
      try fragment("a missing file", missing), try fragment("a Xen that is none", script),
      try fragment("the wrong mode", good, before: "setenv bootm_boot_mode sec\n"),
    ]
  }

  private static func fragment(
    _ title: String, _ script: XenBootScript, before: String = ""
  ) throws -> Fragment {
    let file = Fragment.folder.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Templates/xen.cmd")
    let text = try String(contentsOf: file, encoding: .utf8)
    let template = ScriptTemplate(name: "Templates/xen.cmd", text: text)
    return Fragment(
      family: "flow", title: title,
      script: Array((before + (try script.text(template: template))).utf8))
  }
}
