import Archives
import Boards
import BringUp
import BuiltProgram
import DeviceTree
import Foundation
import Initramfs
import KernelModules
import OutsideTools
import Testing
import Workspace

/// The drivers that the boards' files name, held against Debian's kernel and its trees.
@Suite struct RootDriverTests {
  static let roots: [Root] = [
    .partition(id: "12ab34cd-02", .ext4), .nfs(server: "10.0.2.2", path: "/", options: []),
  ]

  /// What is loaded, in its order; what is only tried has a question mark.
  private static func names(_ root: Root, on name: String) async throws -> [String] {
    try await modules(root, on: name).map { $0.name.text + ($0.isNeeded ? "" : "?") }
  }

  private static func modules(
    _ root: Root, on name: String
  ) async throws -> [RootInitramfs.Module] {
    let catalogue = try Self.catalogue()
    let board = try catalogue.board(named: name)
    let (package, repository) = try await DebianFile.kernelPackage()
    return try await RootModules(for: root, on: board, with: catalogue.soc(of: board))
      .found(in: package, of: repository)
  }

  private static func catalogue() throws -> BoardCatalogue {
    try DataFiles(
      project: nil, surroundings: try Surroundings(environment: ["HOME": "/nowhere"])
    ).boards()
  }

  /// By their aliases, which the package tells only to who reads every module.
  private static let checksums = ["crc32_arm_ce?", "crc32c_generic?"]

  @Test func onACubietrucksCard() async throws {
    #expect(
      try await Self.names(Self.roots[0], on: "cubietruck") == Self.checksums + [
        "sunxi_mmc", "jbd2", "mbcache", "crc16", "ext4",
      ])
  }

  @Test func onADiskInTheEmulator() async throws {
    #expect(
      try await Self.names(Self.roots[0], on: "qemu-virt") == Self.checksums + [
        "virtio_mmio", "virtio_pci_modern_dev", "virtio_pci_legacy_dev", "virtio_pci", "virtio_blk",
        "jbd2", "mbcache", "crc16", "ext4",
      ])
  }

  @Test func overACubietrucksNetwork() async throws {
    let names = try await Self.names(Self.roots[1], on: "cubietruck")
    for wanted in ["dwmac_sunxi", "realtek", "nfsv3", "nfsv4", "sunrpc"] {
      #expect(names.contains(wanted))
    }
    #expect(!names.contains("ext4") && !names.contains("af_packet"))
  }

  /// Every board that a card is made for has drivers for both roots, and Debian's kernel has them.
  @Test func everyBoard() async throws {
    let boards = try Self.catalogue().boards.filter { $0.bootloader != nil }
    #expect(boards.count >= 6)
    for board in boards {
      for root in Self.roots {
        let names = try await Self.names(root, on: board.name)
        #expect(!names.isEmpty, "\(board.name)")
      }
    }
  }

  /// Whatever the card's controller hangs on, some driver of it is loaded or is part of the kernel.
  @Test(
    arguments: [
      ("cubietruck", "sun7i-a20-cubietruck"), ("cubieboard2", "sun7i-a20-cubieboard2"),
      ("bananapi", "sun7i-a20-bananapi"), ("orangepi-pc", "sun8i-h3-orangepi-pc"),
      ("nanopi-neo", "sun8i-h3-nanopi-neo"),
    ])
  func everySupplierOfTheCard(board: String, tree: String) async throws {
    let modules = try await Self.modules(Self.roots[0], on: board)
    var drivers = DriverNames()
    for module in modules {
      let aliases = try KernelModule(parsing: module.bytes.span.bytes).aliases
      drivers.add(aliases)
    }
    let kernel = try await UnpackedKernel.bytes()
    let suppliers = try SupplierWalk(Array(try await DebianFile.tree(tree).data()))
    let cards = suppliers.nodes { drivers.serve($0) }
    #expect(cards.contains { $0.path.hasSuffix("/mmc@1c0f000") }, "no driver takes the card's node")
    let all = cards.flatMap { suppliers.all(of: $0) }
    // Clocks, pins and the supply of the card's slot at least.
    #expect(Set(all.map(\.path)).count >= 4)
    for supplier in all {
      #expect(
        drivers.serve(supplier) || supplier.compatible.contains { kernel.holds($0) },
        "\(supplier.path) (\(supplier.compatible)) has no driver")
    }
  }
}

/// The compatible strings that modules drive: `of:N*T*Callwinner,sun7i-a20-mmc`.
private struct DriverNames {
  private var names: Set<Substring> = []

  mutating func add(_ aliases: [String]) {
    for alias in aliases where alias.hasPrefix("of:N*T*C") {
      names.insert(alias.dropFirst("of:N*T*C".count))
    }
  }

  func serve(_ node: SupplierWalk.Supplier) -> Bool {
    node.compatible.contains { names.contains($0[...]) }
  }
}

/// Debian's kernel as it lies in memory, where every driver's table of compatible strings can be found.
struct UnpackedKernel {
  private let bytes: Data

  static func bytes() async throws -> UnpackedKernel {
    let kernel = try await DebianFile.kernel.data()
    // The code that unpacks it holds the magic number too.
    let magic = Data([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0])
    let start = try #require(kernel.range(of: magic, options: .backwards))
    let bytes = try OutsideTool.withTemporaryFolder { folder in
      try kernel[start.lowerBound...].write(to: folder.appending(path: "kernel.xz"))
      let unpacked = try OutsideTool.run(
        "sh", ["-c", "xz -dc --single-stream kernel.xz >kernel"], in: folder)
      try #require(unpacked.status == 0, "\(unpacked.output)")
      return try Data(contentsOf: folder.appending(path: "kernel"))
    }
    return UnpackedKernel(bytes: bytes)
  }

  func holds(_ text: String) -> Bool {
    bytes.range(of: Data([0]) + Data(text.utf8) + Data([0])) != nil
  }
}
