import BootScripts
import Foundation
import Measures
import Testing

/// The shipped templates and small values to fill them with.
enum Sample {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func template(_ name: String) throws -> ScriptTemplate {
    let path = "Templates/\(name)"
    return ScriptTemplate(
      name: path, text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
  }

  /// A command line with everything that a shell could take amiss.
  static let nasty = #"console=ttyS0,115200 a;b cost=$5 ${x} "it's" path=C:\dir #1 &|"#

  static func xen(
    board: String = "demo", title: String = "Example Demo 2", name: String = "dom0 kernel",
    file: String = "kernel", from source: FileSource = .partition, hasDom0: Bool = true
  ) throws -> BootScript {
    var loads = [
      BootLoad(name: "Xen", file: "xen", address: 0x4200_0000, size: 0x11_6290),
      BootLoad(name: name, file: file, address: 0x4400_0000, size: 0x53_2200),
    ]
    if !hasDom0 {
      loads[1] = BootLoad(
        name: "kernel of domU1", file: "domU1-kernel", address: 0x4800_0000, size: 0x53_2200)
    }
    return BootScript(
      board: board, title: title,
      payload: .xen(
        property: "xen,xen-bootargs", dom0Property: hasDom0 ? "xen,dom0-bootargs" : nil),
      sets: [BootSet(loads: loads, entry: 0x4200_0000, tree: 0x4300_0000)], source: source,
      bootWindow: try #require(AddressRange(start: 0x4000_0000, size: 0x1000_0000)))
  }

  static func linux(
    from source: FileSource = .partition, hyp: Bool = false, folders: [String] = [""]
  ) throws -> BootScript {
    let initrd = try #require(AddressRange(start: 0x4600_0000, size: 0x13_A600))
    return BootScript(
      board: "demo", title: "Example Demo 2",
      payload: .linux(arguments: nasty, needsHYP: hyp),
      sets: folders.map { folder in
        BootSet(
          loads: [
            .init(name: "Linux", file: folder + "kernel", address: 0x4400_0000, size: 0x53_2200),
            .init(
              name: "initial RAM disk", file: folder + "initrd", address: initrd.start,
              size: initrd.size),
          ], entry: 0x4400_0000, initrd: initrd, tree: 0x4300_0000)
      }, source: source,
      bootWindow: try #require(AddressRange(start: 0x4000_0000, size: 0x1000_0000)))
  }

  static func legacy(
    takesTree: Bool = true, from source: FileSource = .partition, folders: [String] = [""]
  ) -> LegacyEnvironment {
    LegacyEnvironment(
      board: "demo", title: "Example Demo 2", arguments: nasty, kernel: "uImage",
      initrd: takesTree ? nil : "uInitrd", tree: "board.dtb", script: "script.bin",
      takesTree: takesTree,
      places: .init(
        script: 0x4300_0000, vendorKernel: 0x4800_0000, kernel: 0x4600_0000, tree: 0x4900_0000,
        initrd: 0x4B00_0000),
      source: source, folders: folders)
  }

  static func menu() -> ExtlinuxMenu {
    ExtlinuxMenu(
      title: "Example Demo 2", arguments: nasty,
      labels: ["", "fallback/"].map {
        .init(
          name: $0.isEmpty ? "linux" : "fallback", kernel: $0 + "kernel", initrd: $0 + "initrd",
          tree: $0 + "linux.dtb")
      })
  }
}
