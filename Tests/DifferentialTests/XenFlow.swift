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
    let loads = (files + [tree]).enumerated().map { number, file in
      BootLoad(
        name: file.path.replacing("xenflow/", with: ""), file: file.path,
        address: Address(0x5000_0000 + UInt64(number) << 24), size: ByteCount(file.bytes.count))
    }
    let good = BootScript(
      board: "qemu-virt", title: "a board to try things on",
      payload: .xen(property: "xen,xen-bootargs", dom0Property: "xen,dom0-bootargs"),
      sets: [BootSet(loads: loads, entry: 0x5000_0000, tree: 0x5300_0000)], bootWindow: window)
    let file = loads[1]
    let other = BootLoad(
      name: file.name, file: file.file, address: file.address,
      size: ByteCount(file.size.rawValue + 1))
    let missing = BootLoad(
      name: file.name, file: "xenflow/missing", address: file.address, size: file.size)
    var notXen = good
    notXen.sets[0].entry = 0x5100_0000
    var fallback = good
    fallback.sets = [good.sets[0], good.sets[0]]
    fallback.sets[0].loads[1] = missing
    var linux = good
    linux.payload = .linux(
      arguments: #"a;b cost=$5 ${x} "it's  two" path=C:\dir\ #1 &|"#, needsHYP: true)
    linux.sets[0].initrd = AddressRange(start: 0x5200_0000, size: loads[2].size)
    return [
      try fragment("xen", good), try fragment("a file of another size", good, with: other),
      try fragment("a missing file", good, with: missing),
      try fragment("a Xen that is none", notXen),
      try fragment("the wrong mode", good, before: "setenv bootm_boot_mode sec\n"),
      try fragment("the second set of files", fallback),
      try fragment("linux", linux),
    ]
  }

  /// The script with a file in place of its second.
  private static func fragment(
    _ title: String, _ script: BootScript, with file: BootLoad
  ) throws -> Fragment {
    var script = script
    script.sets[0].loads[1] = file
    return try fragment(title, script)
  }

  private static func fragment(
    _ title: String, _ script: BootScript, before: String = ""
  ) throws -> Fragment {
    let file = Fragment.folder.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Templates/\(script.templateName)")
    let text = try String(contentsOf: file, encoding: .utf8)
    let template = ScriptTemplate(name: script.templateName, text: text)
    return Fragment(
      family: "flow", title: title,
      script: Array((before + (try script.text(template: template))).utf8))
  }
}
