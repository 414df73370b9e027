import BuiltProgram
import Foundation
import Testing

/// `load:` in the project file, as people write it and as the program answers.
@Suite struct LoadAddressTests {
  private static func project(_ lines: String) async throws -> TestProject {
    try await TestProject.built(lines)
  }

  /// Sizes of packages' files change with their versions.
  private static func levelled(_ text: String) -> String {
    text.replacing(/(\.\.)0x[0-9a-f]+ \(.*?\)/) { "\($0.output.1)END (SIZE)" }
  }

  private static let clash = """
    error: the dom0 kernel overlaps Xen in memory
      at ctboot.yaml:2:17
      note: the dom0 kernel: 0x42000000..END (SIZE), its file (ctboot.yaml:2:17)
      note: Xen: 0x42000000..END (SIZE), its image with the memory behind it that it clears (zImage \
    header) (Boards/soc/a20.yaml:39:8)
      help: load the dom0 kernel at 0x42200000, the nearest address where it fits: \
    `load: { kernel: 0x42200000 }` in the project file, or `auto`
    """

  @Test func aClashIsRefused() async throws {
    let project = try await Self.project("load: { kernel: 0x4200_0000 }\n")
    try await project.expectRefusal(Self.clash, levelling: Self.levelled)
    try await project.expectRefusal(
      of: ["script", "compose"], Self.clash, levelling: Self.levelled)
  }

  /// What is asked for is shown all the same, and told beside it.
  @Test func aClashIsDrawn() async throws {
    let project = try await Self.project("load: { kernel: 0x4200_0000 }\n")
    for format in ["text", "json", "svg"] {
      let plan = try await project.run("plan", "--offline", "--format", format)
      #expect(plan.status == 1)
      #expect(Self.levelled(plan.errors) == Self.clash + "\n")
      switch format {
      case "text":
        let marked = plan.output.split(separator: "\n").filter { $0.hasPrefix("! ") }
        #expect(marked.count == 2 && marked.allSatisfy { $0.hasPrefix("! 0x42000000..") })
        #expect(plan.output.contains("\n1 clash\n  the dom0 kernel overlaps Xen in memory\n"))
      case "json":
        let map = try JSONDecoder().decode(Map.self, from: Data(plan.output.utf8))
        #expect(map.clashes.map(\.claim) == ["the dom0 kernel"])
        #expect(map.clashes.map(\.other) == ["Xen"])
        #expect(map.clashes.map(\.nearest) == ["0x42200000"])
      default:
        #expect(plan.output.contains("class=\"clash\""))
        #expect(plan.output.contains(">the dom0 kernel overlaps Xen in memory"))
      }
    }
    try await project.expectEarlierBuildUntouched()
  }

  /// An address is chosen for the memory of a board. In QEMU the sister's own stand in its place, while
  /// what may lie anywhere may do so there as well.
  @Test func addressesOfOneBoardAreNotItsSisters() async throws {
    func script(of lines: String, board: String) async throws -> String {
      let project = try TestProject("board: \(board)\nload: { \(lines) }\n")
      let printed = try await project.run("emulate", "--print-command")
      try #require(printed.status == 0, "\(printed.errors)")
      return try project.text(of: "build/emulate/orangepi-pc/boot/boot.cmd")
    }
    _ = try await GoodBuild.shared()
    let lines = "xen: 0x5200_0000, kernel: 0x5400_0000, initrd: auto"
    let ofSister = try await script(of: lines, board: "cubietruck")
    let own = try await script(of: lines, board: "orangepi-pc")
    #expect(own.contains("0x52000000 xen") && own.contains("0x54000000 kernel"))
    #expect(ofSister.contains("0x42000000 xen") && ofSister.contains("0x44000000 kernel"))
    #expect(ofSister == (try await script(of: "initrd: auto", board: "orangepi-pc")))
    #expect(!ofSister.contains("0x46000000 initrd"))
  }

  private struct Map: Decodable {
    struct Clash: Decodable {
      let claim: String
      let other: String?
      let nearest: String?
    }
    let clashes: [Clash]
  }

  /// Everything may be looked for, and the image boots from what was found.
  @Test func everythingAnywhere() async throws {
    let project = try await Self.project(
      "load: { xen: auto, tree: auto, kernel: auto, initrd: auto }\n")
    let build = try await project.run("build", "--offline", "-o", "card")
    #expect(build.status == 0, "\(build.errors)")
    let script = try project.text(of: "card/boot/boot.cmd")
    let composed = try await project.run("script", "compose")
    #expect(composed.output == script)
    let rehearsal = try await project.run("rehearse", "card/cubietruck.img")
    #expect(rehearsal.status == 0, "\(rehearsal.errors)")
    #expect(rehearsal.output.contains("\nbootz enters Xen 4.17 at 0x"))
    // Below all that stays where it was.
    let loads = script.matches(of: /load [^ ]+ [^ ]+ 0x([0-9a-f]+) (xen|kernel|initrd|xen\.dtb)\b/)
      .compactMap { UInt64($0.output.1, radix: 16) }
    #expect(loads.allSatisfy { (0x4000_0000..<0x4310_0000).contains($0) }, "\(script)")
  }

  /// Guests' files may lie anywhere as well; what is alike lies there once.
  @Test func filesOfGuestsAnywhere() async throws {
    let good = try await GoodBuild.shared()
    let project = try await Self.project(
      """
      flow: dom0less
      load: { xen: auto }
      domains:
        - name: alice
          kernel: { file: zImage, address: auto }
          initrd: { file: initrd, address: auto }
          memory: 128MiB
        - name: bob
          kernel: { file: zImage, address: auto }
          initrd: { file: initrd, address: 0x4600_0000 }
          memory: 128MiB

      """)
    for (file, name) in [("kernel", "zImage"), ("initrd", "initrd")] {
      try project.write(
        Data(contentsOf: good.project["build/boot/\(file)"]), as: name)
    }
    let plan = try await project.run("build", "--plan", "--offline")
    #expect(plan.status == 0, "\(plan.errors)")
    let owners = plan.output.split(separator: "\n").filter { $0.hasPrefix("  0x4") }
      .compactMap { $0.split(separator: "iB  ").last.map(String.init) }
    #expect(
      owners == [
        "the kernel of alice", "the RAM disk of alice", "Xen", "the device tree",
        "the boot script", "the RAM disk of bob", "the device tree where U-Boot moves it to",
      ])
    let composed = try await project.run("build", "--offline", "-o", "card")
    #expect(composed.status == 0, "\(composed.errors)")
    let rehearsal = try await project.run("rehearse", "card/cubietruck.img")
    #expect(rehearsal.output.contains("  kernel of /chosen/bob     0x40000000.."))
  }

  /// A guest's address is written as any other.
  @Test func decimalDigitsOfAGuestsAddress() async throws {
    let good = try await GoodBuild.shared()
    let project = try TestProject(
      """
      board: cubietruck
      domains:
        - { kernel: { file: zImage, address: 48000000 }, memory: 64MiB }

      """)
    try project.write(Data(contentsOf: good.project["build/boot/kernel"]), as: "zImage")
    let plan = try await project.run("plan", "--offline")
    #expect(plan.status == 1)
    #expect(
      plan.errors.contains(
        "help: if 0x48000000 is meant, write it with its `0x`: `address: 0x48000000` for the kernel"
      ),
      "\(plan.errors)")
  }

  /// A list by itself names no memory in which anything could be looked for.
  @Test func nothingIsLookedForOutsideAProject() async throws {
    let project = try await Self.project("")
    try project.write(
      "- { kernel: { file: zImage, address: auto }, memory: 64MiB }\n", as: "guests.yaml")
    try project.write(try await DebianFile.tree("sun7i-a20-cubietruck").data(), as: "base.dtb")
    try await project.expectRefusal(
      of: [
        "tree", "compose", "base.dtb", "-o", "out.dtb", "--xen", "4.17", "--domains", "guests.yaml",
      ],
      """
      error: wanted an address such as 0x4200_0000, found `auto`
        at guests.yaml:1:38
        help: write an address such as 0x4200_0000
      """)
  }

  /// RAM begins for Linux at the multiple of 128 MiB that its kernel lies at or above, and U-Boot puts
  /// the RAM disk below.
  @Test func aKernelThatLeavesTheRAMDiskOut() async throws {
    let project = try await Self.project("flow: linux\nload: { kernel: 0x6000_0000 }\n")
    func levelled(_ text: String) -> String {
      Self.levelled(text).replacing(/0x49[0-9a-f]+/, with: "0x49START")
        .replacing(/0x47[0-9a-f]+/, with: "0x47PLACE")
    }
    let words = """
      error: the kernel leaves out all RAM below 0x60000000, and with it the initial RAM disk where \
      U-Boot moves it to
        at ctboot.yaml:3:17
        note: the kernel: 0x60000000..END (SIZE), its file (ctboot.yaml:3:17)
        note: the initial RAM disk where U-Boot moves it to: 0x49START..END (SIZE), the last of \
      bootm_low + bootm_size (Boards/soc/a20.yaml:49:3)
        note: for Linux, RAM begins at the multiple of 128 MiB at or below its kernel
        help: load the kernel into the first 128 MiB of RAM, as at 0x47PLACE: \
      `load: { kernel: 0x47PLACE }` in the project file, or `auto`
      """
    try await project.expectRefusal(words, levelling: levelled)
    let plan = try await project.run("plan", "--offline")
    #expect(plan.status == 1 && levelled(plan.errors) == words + "\n")
    #expect(
      plan.output.contains(
        "  0x40000000..0x5fffffff   512 MiB  RAM below the kernel's 128 MiB, which Linux leaves out"
      ))
    // What is proposed is taken.
    let place = try #require(plan.errors.firstMatch(of: /as at (0x[0-9a-f]+)/)?.output.1)
    try project.write(
      "board: cubietruck\nflow: linux\nload: { kernel: \(place) }\n", as: "ctboot.yaml")
    let good = try await project.run("plan", "--offline")
    #expect(good.status == 0 && good.errors == "", "\(good.errors)")
  }

  @Test func anAddressWithoutItsPrefix() async throws {
    let project = try await Self.project("load: { kernel: 48000000 }\n")
    try await project.expectRefusal(
      """
      error: the dom0 kernel does not fit into the board's memory at 0x02dc6c00
        at ctboot.yaml:2:17
        note: the dom0 kernel takes SIZE: its file
        note: the board's smallest variant has RAM at 0x40000000..0x7fffffff (1 GiB)
        help: if 0x48000000 is meant, write it with its `0x`: `load: { kernel: 0x48000000 }` in the \
      project file
      """, levelling: { $0.replacing(/takes .*?:/, with: "takes SIZE:") })
  }

  @Test func faultsOfTheKey() async throws {
    let project = try await Self.project("load: { kernal: auto }\n")
    try await project.expectRefusal(
      """
      error: `kernal` is not a key here
        at ctboot.yaml:2:9
        note: known keys: xen, tree, kernel, initrd
        help: did you mean `kernel`?
      """)
    try project.write("board: cubietruck\nload: { kernel: anywhere }\n", as: "ctboot.yaml")
    try await project.expectRefusal(
      """
      error: wanted an address such as 0x4200_0000, or `auto`, found `anywhere`
        at ctboot.yaml:2:17
        help: write an address such as 0x4200_0000, or `auto`
      """)
  }
}
