import BootImages
import BringUp
import Bytes
import DeviceTree
import Diagnostics
import Foundation
import Measures
import OutsideTools
import SystemPackage
import Testing
import Workspace

/// Trees for Xen that are composed from files alone.
@Suite struct ComposedTreeTests {
  private let folder: TemporaryFolder
  private var request: ComposedTree.Request

  init() throws {
    folder = try TemporaryFolder()
    request = ComposedTree.Request(
      base: FilePath(folder.path).appending("board.dtb"), xen: XenVersion(major: 4, minor: 17))
    try write(Self.board().encoded(), as: "board.dtb")
    try write(Self.zImage(size: 4096), as: "zImage")
    try write(Array("070701".utf8) + [UInt8](repeating: 0x30, count: 200), as: "initrd")
  }

  private func write(_ bytes: [UInt8], as name: String) throws {
    try Data(bytes).write(to: URL(filePath: folder.path).appending(path: name))
  }

  private func placed(_ name: String, _ address: Address) -> PlacedFile {
    PlacedFile(path: "\(folder.path)/\(name)", address: address)
  }

  private func composed(_ request: ComposedTree.Request) async throws -> ComposedTree {
    try await ComposedTree(request, in: Surroundings(environment: ["HOME": "/nowhere"]))
  }

  /// What is said instead, or "accepted"; the folder's name is left out.
  private func refusal(_ request: ComposedTree.Request) async -> String {
    do {
      _ = try await composed(request)
      return "accepted"
    } catch let error as any DiagnosticConvertible {
      let diagnostic = error.diagnostic
      let place = diagnostic.span.map { ["at \($0)"] } ?? []
      return
        ([diagnostic.message] + place + diagnostic.notes + [diagnostic.help ?? "no help"])
        .joined(separator: "\n").replacing(folder.path + "/", with: "")
    } catch {
      return "\(error)"
    }
  }

  @Test func dom0AlwaysGetsItsConsoleAndMemory() async throws {
    var request = request
    request.kernel = placed("zImage", 0x4400_0000)
    request.ramdisk = placed("initrd", 0x4600_0000)
    #expect(
      try Self.chosen(of: await composed(request).bytes) == """
        chosen {
        \tstdout-path = "serial0:115200n8";
        \txen,xen-bootargs = "console=dtuart dtuart=serial0 dom0_mem=512M";
        \txen,dom0-bootargs = "console=hvc0";
        \t#address-cells = <0x01>;
        \t#size-cells = <0x01>;

        \tmodule@44000000 {
        \t\tcompatible = "multiboot,kernel\\0multiboot,module";
        \t\treg = <0x44000000 0x1000>;
        \t};

        \tmodule@46000000 {
        \t\tcompatible = "multiboot,ramdisk\\0multiboot,module";
        \t\treg = <0x46000000 0xce>;
        \t};
        };
        """)
  }

  @Test func guestsAlone() async throws {
    try write(
      Array(
        """
        - kernel: { file: zImage, address: 0x4a00_0000 }
          memory: 64MiB
          arguments: console=ttyAMA0
          console: true

        """.utf8), as: "guests.yaml")
    var request = request
    request.domains = FilePath(folder.path).appending("guests.yaml")
    #expect(
      try Self.chosen(of: await composed(request).bytes) == """
        chosen {
        \tstdout-path = "serial0:115200n8";
        \txen,xen-bootargs = "console=dtuart dtuart=serial0";
        \t#address-cells = <0x01>;
        \t#size-cells = <0x01>;

        \tdomU1 {
        \t\tcompatible = "xen,domain";
        \t\t#address-cells = <0x02>;
        \t\t#size-cells = <0x02>;
        \t\tmemory = <0x00 0x10000>;
        \t\tcpus = <0x01>;
        \t\tvpl011;

        \t\tmodule@4a000000 {
        \t\t\tcompatible = "multiboot,kernel\\0multiboot,module";
        \t\t\treg = <0x00 0x4a000000 0x00 0x1000>;
        \t\t\tbootargs = "console=ttyAMA0";
        \t\t};
        \t};
        };
        """)
  }

  /// The board's own words for dom0, found by the tree's root.
  @Test func theBoardOfTheTree() async throws {
    try write(
      Self.board(compatible: ["cubietech,cubietruck", "allwinner,sun7i-a20"]).encoded(),
      as: "board.dtb")
    var request = request
    request.kernel = placed("zImage", 0x4400_0000)
    let text = try Self.chosen(of: await composed(request).bytes)
    #expect(text.contains("xen,dom0-bootargs = \"console=hvc0 clk_ignore_unused\""))
    // Named all the same, and with words of one's own.
    request.board = "bananapi"
    request.xenArguments = "dtuart=/soc/serial@1c28000:115200 sync_console"
    request.dom0Arguments = "quiet"
    let own = try Self.chosen(of: await composed(request).bytes)
    #expect(own.contains("\"dtuart=/soc/serial@1c28000:115200 sync_console\""))
    #expect(own.contains("xen,dom0-bootargs = \"quiet\""))
  }

  @Test func aTreeOfAnotherBoard() async throws {
    var request = request
    request.board = "cubietruck"
    #expect(
      await refusal(request).hasPrefix(
        "the device tree board.dtb is not for this board's SoC, the "))
    request.board = "cubitruck"
    #expect(await refusal(request).hasSuffix("did you mean `cubietruck`?"))
  }

  @Test func theConsoleIsNowhere() async throws {
    try write(Self.board(path: nil).encoded(), as: "board.dtb")
    var request = request
    request.kernel = placed("zImage", 0x4400_0000)
    #expect(
      await refusal(request) == """
        nothing says where Xen's console is: board.dtb has no `stdout-path`
        name its node with `--console`, as an alias or by its path, or the board with `--board`
        """)
    request.console = "serial7"
    #expect(
      await refusal(request) == """
        the board's tree has no alias `serial7`, so Xen would find no console
        name the console's node with `--console`, as an alias or by its whole path
        """)
    request.console = "serial0"
    #expect(await refusal(request) == "accepted")
  }

  @Test func nothingToBoot() async throws {
    #expect(
      await refusal(request) == """
        there is no kernel for dom0
        give one with `--kernel FILE@ADDRESS`, or guests alone with `--domains FILE`
        """)
  }

  @Test func wrongFiles() async throws {
    var request = request
    request.kernel = placed("initrd", 0x4400_0000)
    #expect(
      await refusal(request).hasPrefix(
        "the kernel initrd must be a 32-bit ARM kernel (zImage), but it is a cpio archive\n"))
    request.kernel = placed("nothing", 0x4400_0000)
    #expect(await refusal(request) == "nothing does not exist\ncheck the name, or create the file")
    request.kernel = placed("zImage", 0x4400_0000)
    request.ramdisk = placed("board.dtb", 0x4600_0000)
    #expect(
      await refusal(request) == """
        the RAM disk board.dtb must be a cpio archive, packed or not, but it is a compiled device \
        tree
        give the initrd that was made for this kernel
        """)
    request.ramdisk = nil
    request.policy = placed("zImage", 0x4600_0000)
    #expect(
      await refusal(request).hasPrefix(
        "the XSM policy zImage must be a FLASK policy, but it is a 32-bit ARM kernel (zImage)\n"))
    request.base = FilePath(folder.path).appending("zImage")
    #expect(
      await refusal(request).hasPrefix(
        "the device tree zImage must be a compiled device tree (.dtb), but it is a 32-bit ARM"))
  }

  /// Taken where the chip may run it: this board is not known, and the Cubietruck is.
  @Test func aKernelOf64Bits() async throws {
    var image = Array("MZ".utf8) + [UInt8](repeating: 0, count: 54)
    image += Array("ARMd".utf8) + [UInt8](repeating: 0, count: 64)
    try write(image, as: "Image")
    try write(Self.board(processor: "arm,cortex-a53").encoded(), as: "board.dtb")
    var request = request
    request.kernel = placed("Image", 0x4400_0000)
    #expect(await refusal(request) == "accepted")
    try write(
      Self.board(compatible: ["cubietech,cubietruck", "allwinner,sun7i-a20"]).encoded(),
      as: "board.dtb")
    #expect(await refusal(request).hasSuffix("linux-image-armmp package for armhf"))
  }

  @Test func aGuestWithAWrongFile() async throws {
    try write(
      Array("- { kernel: { file: initrd, address: 0x4a00_0000 }, memory: 64MiB }\n".utf8),
      as: "guests.yaml")
    var request = request
    request.domains = FilePath(folder.path).appending("guests.yaml")
    #expect(
      await refusal(request).hasPrefix(
        "the kernel initrd must be a 32-bit ARM kernel (zImage), but it is a cpio archive\n"
          + "at guests.yaml:1:13\n"))
  }

  @Test func tooOldAndTooLong() async throws {
    var request = request
    request.kernel = placed("zImage", 0x4400_0000)
    request.xen = XenVersion(major: 4, minor: 2)
    #expect(await refusal(request).hasSuffix("\ncorrect `--xen`"))
    request.xen = XenVersion(major: 4, minor: 17)
    request.dom0Arguments = String(repeating: "x", count: 1024)
    #expect(await refusal(request).hasSuffix("\nshorten `--dom0-arguments`"))
  }

  /// The interrupt controller of this tree has two of its four register blocks.
  @Test func aTreeThatDoesNotBoot() async throws {
    var board = Self.board()
    board.edit("/soc/interrupt-controller@1c81000") { gic in
      gic.set(.cells("reg", [0x1c8_1000, 0x1000, 0x1c8_2000, 0x2000]))
    }
    try write(board.encoded(), as: "board.dtb")
    var request = request
    request.kernel = placed("zImage", 0x4400_0000)
    let said = await refusal(request)
    #expect(said.hasPrefix("the composed tree has "), "\(said)")
    #expect(said.contains("[gic-reg-four]"), "\(said)")
    #expect(said.hasSuffix("or write it all the same with `--force`"), "\(said)")
    request.isForced = true
    let warnings = try await composed(request).warnings
    #expect(warnings.contains { $0.severity == .warning && $0.message.contains("gic-reg-four") })
  }

  // MARK: Small files

  private static func board(
    compatible: [String] = ["example,demo"], path: String? = "serial0:115200n8",
    processor: String = "arm,cortex-a7"
  ) -> DeviceTree {
    SmallTree(
      compatible: compatible, processor: processor, console: path,
      devices: [
        Node(
          name: "memory@40000000",
          properties: [
            .string("device_type", "memory"), .cells("reg", [0x4000_0000, 0x4000_0000]),
          ])
      ]
    ).tree
  }

  private static func zImage(size: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 0x24)
    for word in [0x016F_2818, 0, UInt32(size)] as [UInt32] { bytes.append(littleEndian: word) }
    return bytes + [UInt8](repeating: 0, count: size - bytes.count)
  }

  /// The source of `/chosen`, as dtc shows it, moved to the left edge.
  private static func chosen(of tree: [UInt8]) throws -> String {
    let source = try OutsideTool.withTemporaryFolder { folder in
      try Data(tree).write(to: folder.appending(path: "tree.dtb"))
      return try OutsideTool.run("dtc", ["-q", "-I", "dtb", "-O", "dts", "tree.dtb"], in: folder)
        .output
    }
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    let start = lines.firstIndex(of: "\tchosen {") ?? lines.endIndex
    let end = lines[start...].firstIndex(of: "\t};") ?? start
    return lines[start...].prefix(end - start + 1).map { $0.hasPrefix("\t") ? $0.dropFirst() : $0 }
      .joined(separator: "\n")
  }
}
