import BootImages
import BringUp
import DeviceTree
import Diagnostics
import Measures
import MemoryPlanner
import Testing
import Workspace

/// Addresses by the project: given ones, and ones that are looked for, in every flow.
@Suite struct LoadPlacesTests {
  /// `OWNER FIRST (LINE)` of all claims, the line where it is the project's.
  private static func places(_ plan: BuildPlan) -> [String] {
    plan.memory.claims.map { claim in
      let line = claim.source?.file == "ctboot.yaml" ? " (line \(claim.source?.line ?? 0))" : ""
      return "\(claim.owner) \(claim.range.start)" + line
    }
  }

  private static func text(_ name: String, of plan: BuildPlan) throws -> String {
    let artefact = try #require(plan.artefacts.first { $0.name == name }, "no \(name)")
    return String(decoding: artefact.bytes, as: UTF8.self)
  }

  /// What is said where there is no plan, line by line, and the map that is drawn all the same.
  private static func refusal(_ inputs: SmallInputs) throws -> (said: [String], map: MemoryMap) {
    let error = #expect(throws: MemoryFault.self) { try inputs.plan() }
    let fault = try #require(error)
    let diagnostic = fault.diagnostic
    let said = [diagnostic.span?.description, diagnostic.message] + diagnostic.notes
    return ((said + [diagnostic.help]).compactMap { $0 }, fault.map)
  }

  @Test func aGivenAddressCountsAndSoDoesItsLine() throws {
    let plan = try SmallInputs(load: [.kernel: 0x4800_0000]).plan()
    #expect(
      Self.places(plan) == [
        "Xen 0x42000000", "the device tree 0x43000000", "the boot script 0x43100000",
        "the initial RAM disk 0x46000000", "the dom0 kernel 0x48000000 (line 3)",
        "the device tree where U-Boot moves it to 0x49ff8000", "U-Boot 0x78000000",
      ])
    let script = try Self.text("boot.cmd", of: plan)
    #expect(script.contains("0x48000000 kernel") && !script.contains("0x44000000"))
    // What Xen and dom0 make of it follows.
    #expect(try plan.memoryMap().claims(at: .dom0).count == 4)
  }

  /// What may lie anywhere lies where it fits beside the rest, the same every time.
  @Test func filesThatMayLieAnywhereFindTheirPlace() throws {
    for _ in 0..<2 {
      let plan = try SmallInputs(
        load: [.xen: nil, .tree: nil, .kernel: 0x4010_0000, .initrd: nil]
      ).plan()
      #expect(
        Self.places(plan) == [
          "the device tree 0x40000000 (line 3)", "Xen 0x40006000 (line 3)",
          "the initial RAM disk 0x40008000 (line 3)", "the dom0 kernel 0x40100000 (line 3)",
          "the boot script 0x43100000", "the device tree where U-Boot moves it to 0x49ff8000",
          "U-Boot 0x78000000",
        ])
      let script = try Self.text("boot.cmd", of: plan)
      #expect(script.contains("bootz 0x40006000 - 0x40000000"))
    }
  }

  /// Up to 4.4, Xen lies in a section of 2 MiB.
  @Test func placesThatAreFoundAreAligned() throws {
    let plan = try SmallInputs(
      xenVersion: XenVersion(major: 4, minor: 4), load: [.xen: nil, .tree: 0x4000_0000]
    ).plan()
    #expect(plan.memory.address(of: "Xen") == 0x4020_0000)
  }

  /// Over USB, U-Boot lies there while it still loads.
  @Test func nothingIsPutOverUBootByChoice() throws {
    // One gap of 2 MiB below it, and one of more behind.
    let inputs = SmallInputs(
      socChanges: [("text: 0x4a00_0000", "text: 0x4000_0000")], load: [.kernel: nil])
    let plan = try inputs.plan()
    #expect(plan.memory.address(of: "the dom0 kernel") == 0x4010_0000)
    #expect(plan.warnings == [])
    // Who says so himself is only told.
    let warned = try SmallInputs(load: [.kernel: 0x4A00_0000]).plan().warnings
    #expect(
      warned.first?.message == "the dom0 kernel overlaps U-Boot before it moves in memory")
    #expect(warned.first?.span?.line == 3)
  }

  /// What the project chose is asked to make way, whatever its place in the order.
  @Test func aClashNamesTheLineAndTheKey() throws {
    let (said, map) = try Self.refusal(SmallInputs(load: [.kernel: 0x4600_0000]))
    #expect(
      said.map { $0.replacing(/0x46000...( \(. KiB\))?, its file/, with: "END, its file") } == [
        "ctboot.yaml:3:9", "the dom0 kernel overlaps the initial RAM disk in memory",
        "the dom0 kernel: 0x46000000..END, its file (ctboot.yaml:3:9)",
        "the initial RAM disk: 0x46000000..END, its file "
          + "(Boards/soc/a20.yaml:43:11)",
        "load the dom0 kernel at 0x46100000, the nearest address where it fits: "
          + "`load: { kernel: 0x46100000 }` in the project file, or `auto`",
      ])
    // It is drawn with all that has an address.
    #expect(map.clashes.map(\.claim.owner) == ["the dom0 kernel"])
    #expect(map.clashes.map(\.other?.owner) == ["the initial RAM disk"])
    #expect(map.claims.count == 9)
    #expect(map.regions.contains { $0.kind == .ram })
  }

  @Test func outsideOfMemoryAndBetweenPages() throws {
    let outside = try Self.refusal(SmallInputs(load: [.initrd: 0x8000_0000]))
    #expect(
      outside.said.filter { !$0.hasPrefix("the initial RAM disk takes ") } == [
        "ctboot.yaml:3:9",
        "the initial RAM disk does not fit into the board's memory at 0x80000000",
        "the board's smallest variant has RAM at 0x40000000..0x7fffffff (1 GiB)",
        "load the initial RAM disk at 0x77f00000, the nearest address where it fits: "
          + "`load: { initrd: 0x77f00000 }` in the project file, or `auto`",
      ])
    #expect(outside.map.clashes.map(\.other) == [nil])
    let between = try Self.refusal(SmallInputs(load: [.tree: 0x4300_0004]))
    #expect(
      between.said == [
        "ctboot.yaml:3:9",
        "the device tree cannot be loaded at 0x43000004: the address must be a multiple of 0x00000008",
        "load the device tree at 0x43000000, the nearest address where it fits: "
          + "`load: { tree: 0x43000000 }` in the project file, or `auto`",
      ])
    #expect(between.map.clashes.map(\.alignment) == [8])
  }

  /// Not even the tree could name it.
  @Test func beyondAllAddresses() throws {
    let (said, map) = try Self.refusal(SmallInputs(load: [.kernel: 0xFFFF_FFFF_0000_0000]))
    #expect(
      said[1] == "the dom0 kernel does not fit into the board's memory at 0xffffffff00000000")
    #expect(map.clashes.map(\.claim.range.start) == [0xFFFF_FFFF_0000_0000])
    #expect(map.clashes.map(\.nearest) == [0x77F0_0000])
  }

  /// Every fault is told, not the first alone.
  @Test func severalClashes() throws {
    let error = #expect(throws: MemoryFault.self) {
      try SmallInputs(load: [.kernel: 0x4200_0000, .initrd: 0x7800_0000]).plan()
    }
    #expect(
      error?.diagnostics.map(\.message) == [
        "the dom0 kernel overlaps Xen in memory", "the initial RAM disk overlaps U-Boot in memory",
      ])
    #expect(error?.map.clashes.count == 2)
  }

  /// A clash is told before anything is looked for.
  @Test func aClashBesideOpenPlaces() throws {
    let (said, map) = try Self.refusal(SmallInputs(load: [.kernel: 0x4200_0000, .initrd: nil]))
    #expect(said.contains("the dom0 kernel overlaps Xen in memory"))
    #expect(map.clashes.count == 1)
    #expect(!map.claims.contains { $0.owner == "the initial RAM disk" })
  }

  @Test func noRoomForWhatMayLieAnywhere() throws {
    var inputs = SmallInputs(load: [.kernel: nil])
    inputs.kernel = SmallInputs.zImage(size: 2 << 20, claims: 2 << 20)
    // Between these, no gap has more than a MiB.
    let walls: [(start: UInt64, end: UInt64)] = [
      (0x4000_0000, 0x4200_0000), (0x4210_0000, 0x4300_0000), (0x4320_0000, 0x4600_0000),
      (0x4610_0000, 0x49F0_0000), (0x4A00_0000, 0x7800_0000),
    ]
    inputs.reservations = walls.map {
      MemoryReservation(address: Address($0.start), size: ByteCount($0.end - $0.start))
    }
    let (said, map) = try Self.refusal(inputs)
    #expect(said.contains("the gaps in the board's memory do not hold the dom0 kernel"))
    #expect(said.last == "use smaller files, or move what lies between the gaps")
    #expect(map.clashes == [] && !map.claims.isEmpty)
  }

  /// A kernel that U-Boot starts unpacks itself to the multiple of 128 MiB below it, in which U-Boot has
  /// its copy of the tree here.
  @Test func aKernelThatWritesOverItsTree() throws {
    var inputs = SmallInputs(flow: .linux, load: [.kernel: 0x4800_0000])
    inputs.kernel = SmallInputs.selfExtracting(to: 32 << 20)
    let (said, map) = try Self.refusal(inputs)
    #expect(
      said[1]
        == "the device tree where U-Boot moves it to overlaps the kernel once it is unpacked in "
        + "memory")
    #expect(
      said.last == "load the kernel into another 128 MiB, to whose start it unpacks: "
        + "`load: { kernel: ADDRESS }` in the project file")
    #expect(map.claims(at: .linux).map(\.range.start) == [0x4800_3000])
    #expect(map.clashes.count == 2)
    inputs.load[.kernel] = 0x4700_0000
    #expect(try inputs.plan().memoryMap().claims(at: .linux).map(\.range.start) == [0x4000_3000])
    // Looked for, it goes where it writes over nothing.
    inputs.load[.kernel] = .some(nil)
    #expect(try inputs.plan().memory.address(of: "the kernel") == 0x4000_0000)
  }

  /// Both sets go to the same places, and the larger file of the two needs them.
  @Test func aSecondSetGoesToTheSamePlaces() throws {
    let plan = try SmallInputs(fallbackSize: 8192, load: [.kernel: nil]).plan()
    let kernels = plan.artefacts.filter { $0.name.hasSuffix("kernel") }
    #expect(kernels.map(\.load) == [0x4000_0000, 0x4000_0000])
    #expect(plan.memory.claims.first?.range.size == 8192)
  }

  // MARK: The other flows

  @Test(arguments: [Project.Flow.linux, .kvm])
  func linux(flow: Project.Flow) throws {
    let plan = try SmallInputs(flow: flow, load: [.kernel: 0x4700_0000, .initrd: nil]).plan()
    let size = try #require(plan.artefacts.first { $0.name == "initrd" }).bytes.count
    let script = try Self.text("boot.cmd", of: plan)
    #expect(
      script.contains("  bootz 0x47000000 0x40000000:\(String(size, radix: 16)) 0x43000000\n"))
  }

  @Test func extlinuxLoadsWhereItLoads() throws {
    let inputs = SmallInputs(flow: .linux, bootScript: .extlinux, load: [.kernel: nil])
    let error = #expect(throws: BuildError.self) { try inputs.plan() }
    #expect(
      error?.diagnostic.message
        == "`load: kernel:` cannot be followed: by extlinux.conf, U-Boot loads to its own addresses"
    )
    #expect(error?.diagnostic.span?.line == 3)
    // A file that is too large there is told what would help.
    var large = SmallInputs(flow: .linux, bootScript: .extlinux)
    large.kernel = SmallInputs.zImage(size: 17 << 20, claims: 17 << 20)
    #expect(
      try Self.refusal(large).said.last
        == "it is put there by U-Boot's own environment (`kernel_addr_r`): use a smaller file, or "
        + "`image: { boot: { script: boot.scr } }`, which loads to other addresses")
  }

  @Test func theUBootOf2013() throws {
    var inputs = SmallInputs(
      flow: .legacy, bootloaderWords: "bootenv=uEnv.txt\0",
      load: [.kernel: 0x4700_0000, .tree: nil, .initrd: nil])
    let plan = try inputs.plan()
    #expect(
      Self.places(plan).prefix(5) == [
        "the device tree 0x40000000 (line 3)", "the initial RAM disk 0x40005000 (line 3)",
        "the kernel where bootm moves it to 0x40008000",
        "uEnv.txt 0x44000000",
        "the kernel 0x47000000 (line 3)",
      ])
    let text = try Self.text("uEnv.txt", of: plan)
    #expect(text.contains("0x47000000") && text.contains("0x40005000"))
    // The vendor's kernel takes no tree, and its own place in the file is another.
    inputs.scriptBin = [1, 2, 3, 4]
    let vendor = try inputs.plan()
    #expect(
      vendor.warnings.map(\.message) == [
        "`load: tree:` has no effect: the flow `legacy` loads none here"
      ])
    #expect(vendor.memory.address(of: "the kernel") == 0x4700_0000)
  }

  @Test func whatAFlowDoesNotLoad() throws {
    let plan = try SmallInputs(flow: .linux, load: [.xen: 0x4500_0000]).plan()
    #expect(
      plan.warnings.map(\.message) == [
        "`load: xen:` has no effect: the flow `linux` loads none here"
      ])
  }
}
