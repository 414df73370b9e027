import Boards
import BootImages
import BringUp
import Bytes
import DeviceTree
import DeviceTreeLint
import Diagnostics
import Foundation
import Measures
import Rulings
import SystemPackage
import Workspace

/// Everything that a plan is made from, small and made here: no file of anybody's, no packages.
struct SmallInputs {
  var board = "bananapi"
  /// Words of the SoC's file and what stands in their place.
  var socChanges: [(String, String)] = []
  /// The name of the tree that the SPL says it was built with.
  var builtFor = "sun7i-a20-bananapi"
  var bootloaderOrigin = Input.Origin.path("u-boot.bin")
  var flow = Project.Flow.xen
  var bootScript = Project.BootScriptKind.script
  /// Words of the bootloader beside those that make it one.
  var bootloaderWords = ""
  /// What the kernel is, where it is no zImage.
  var kernel: [UInt8]?
  var scriptBin: [UInt8]?
  var config: String?
  /// How large the kernel of the second set is; nil for no such set.
  var fallbackSize: Int?
  var xenVersion: XenVersion?
  /// What Xen's image claims of memory.
  var xenSize = 4096
  var dom0Memory: ByteCount?
  /// Where the project wants files loaded to; nil for anywhere.
  var load: [Project.LoadKey: Address?] = [:]
  var reservations: [MemoryReservation] = []
  /// What the tree has beside that.
  var devices: [Node] = []
  /// A tree in place of the one that is made here.
  var tree: [UInt8]?
  /// Overlays, by what they are called.
  var overlays: [(name: String, bytes: [UInt8])] = []
  /// What the project accepts.
  var accepted: [Acceptance.Entry] = []

  /// The project's word that findings of a rule may be.
  static func acceptance(of rule: String) -> Acceptance.Entry {
    Acceptance.Entry(
      rules: [PathPattern(rule)], files: PathPattern("**"), node: nil, reason: "a test",
      span: SourceSpan(file: "ctboot.yaml", line: 2, column: 3))
  }

  func plan() throws -> BuildPlan {
    let data = try DataFiles(
      project: nil, surroundings: Surroundings(environment: ["HOME": "/nowhere"]))
    let catalogue = try data.boards()
    let board = try catalogue.board(named: board)
    var project = Project(folder: "/nowhere", board: board.name)
    project.flow = flow
    project.image.bootScript = bootScript
    project.linux.arguments = "rw  quiet"
    project.xen.version = xenVersion
    project.dom0.memory = dom0Memory
    project.lint = accepted
    project.load = load.mapValues {
      Project.Place(address: $0, span: SourceSpan(file: "ctboot.yaml", line: 3, column: 9))
    }
    return try BuildPlan(
      project: project, board: board, soc: try soc(of: board),
      inputs: [
        Input(role: .bootloader, bytes: bootloader, origin: bootloaderOrigin),
        Input(role: .xen, bytes: xen, origin: .path("xen")),
        Input(
          role: .kernel, bytes: kernel ?? Self.zImage(size: 4096, claims: 4096),
          origin: .path("zImage")),
        Input(
          role: .tree, bytes: tree ?? madeTree(of: board).encoded(), origin: .path("board.dtb")),
        Input(role: .busybox, bytes: [1, 2, 3], origin: .path("busybox")),
      ] + overlays.map { Input(role: .overlay, bytes: $0.bytes, origin: .path($0.name)) } + further,
      data: data, epoch: 0)
  }

  private var further: [Input] {
    let files: [(Input.Role, [UInt8]?)] = [
      (.scriptBin, scriptBin), (.config, config.map { Array($0.utf8) }),
      (.fallbackKernel, fallbackSize.map { Self.zImage(size: $0, claims: $0) }),
    ]
    return files.compactMap { role, bytes in
      bytes.map { Input(role: role, bytes: $0, origin: .path(role.rawValue)) }
    }
  }

  /// The shipped file with the changes, each of which has to find its words.
  private func soc(of board: Board) throws -> SoC {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let name = "Boards/soc/\(board.soc).yaml"
    var text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
    for (words, others) in socChanges {
      guard text.contains(words) else { throw CocoaError(.fileReadCorruptFile) }
      text = text.replacing(words, with: others)
    }
    return try SoC(text: text, file: name)
  }

  /// The blob of the tree that is made here.
  func encodedTree() throws -> [UInt8] {
    let data = try DataFiles(
      project: nil, surroundings: Surroundings(environment: ["HOME": "/nowhere"]))
    return madeTree(of: try data.boards().board(named: board)).encoded()
  }

  private func madeTree(of board: Board) -> DeviceTree {
    SmallTree(
      compatible: board.identity.compatible, reservations: reservations, devices: devices
    ).tree
  }

  static func zImage(size: Int, claims: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 0x24)
    bytes.append(littleEndian: 0x016F_2818 as UInt32)
    bytes.append(littleEndian: 0 as UInt32)
    bytes.append(littleEndian: UInt32(claims))
    return bytes + [UInt8](repeating: 0, count: size - bytes.count)
  }

  /// A kernel that says what it becomes once it has unpacked itself.
  static func selfExtracting(to size: UInt32) -> [UInt8] {
    var bytes = zImage(size: 8192, claims: 8192)
    let words: [(Int, UInt32)] = [
      (0x34, 0x4545_4545), (0x38, 0x800), (0x800, 6), (0x804, 0x5A53_4C4B), (0x808, 0x900),
      (0x80C, 0x1000), (0x810, 0x8000), (0x814, 0x1_0000), (0x900, size),
    ]
    for (offset, word) in words {
      for byte in 0..<4 { bytes[offset + byte] = UInt8(truncatingIfNeeded: word >> (8 * byte)) }
    }
    return bytes
  }

  private var xen: [UInt8] {
    Self.zImage(size: 2048, claims: xenSize) + Array("\0xen,xen-4.17\0xen,xen\0".utf8)
  }

  /// An SPL with the right sum, and an empty FIT behind it.
  private var bootloader: [UInt8] {
    let words: [UInt32] = [
      0xEA00_0016, 0x4E4F_4765, 0x3054_422E, 0x5F0A_6C39, 1024, 0x024C_5053, 0, 0, 0x30, 0, 0, 0,
    ]
    var name = Array(builtFor.utf8)
    name += [UInt8](repeating: 0, count: 64 - name.count)
    var sum = words.reduce(0 as UInt32) { $0 &+ $1 }
    for offset in stride(from: 0, to: name.count, by: 4) {
      sum &+= (0..<4).reduce(0) { $0 | UInt32(name[offset + $1]) << UInt32(8 * $1) }
    }
    var bytes: [UInt8] = []
    for (index, word) in words.enumerated() { bytes.append(littleEndian: index == 3 ? sum : word) }
    bytes += name
    bytes += [UInt8](repeating: 0, count: 0x8000 - bytes.count)
    return bytes + DeviceTree().encoded() + Array(bootloaderWords.utf8)
  }
}
