import Boards
import Measures
import StrictYAML
import Testing

/// Every file that ctboot brings along loads, and says what it should.
@Suite struct ShippedBoardTests {
  @Test func everyFileLoads() throws {
    let catalogue = try ShippedFiles.catalogue()
    #expect(
      catalogue.boards.map(\.name) == [
        "arndale", "bananapi", "cubieboard2", "cubietruck", "midway", "mustang", "nanopi-neo",
        "omap5-uevm", "orangepi-pc", "qemu-virt", "vexpress-tc2",
      ])
    #expect(
      catalogue.socs.map(\.name) == [
        "a20", "exynos5250", "h3", "midway", "omap5", "qemu-virt", "vexpress-tc2", "xgene-storm",
      ])
  }

  /// The program carries them parsed.
  @Test func everyFileIsTheSameWhenPacked() throws {
    let files =
      try ShippedFiles.names() + ShippedFiles.names(in: "soc").map { "soc/" + $0 }
      + ["distribution/debian.yaml"]
    for file in files {
      let document = try YAMLDocument(text: ShippedFiles.text(file), file: file)
      #expect(try YAMLDocument(PackedYAML(document), file: file).root == document.root)
    }
  }

  @Test func theCubietruck() throws {
    let catalogue = try ShippedFiles.catalogue()
    let board = try catalogue.board(named: "cubietruck")
    #expect(board.status == .untested)
    #expect(board.identity.model == "Cubietech Cubietruck")
    #expect(board.identity.compatible == ["cubietech,cubietruck", "allwinner,sun7i-a20"])
    #expect(board.memory.variants == [.gibibytes(1), .gibibytes(2)])
    #expect(board.console.linux.description == "ttyS0,115200")
    #expect(board.console.xenUART == "serial0")
    #expect(board.tree.origin == .kernel(file: "sun7i-a20-cubietruck.dtb"))
    #expect(board.bootloader?.package == "u-boot-sunxi")
    #expect(
      board.bootloader?.member == "usr/lib/u-boot/Cubietruck/u-boot-sunxi-with-spl.bin")
    #expect(board.dom0.memory == .mebibytes(512))
    #expect(board.dom0.arguments == ["clk_ignore_unused"])
    #expect(try catalogue.standIn(for: board)?.board.name == "orangepi-pc")
  }

  /// What each platform of Xen's had for dom0's grant table before Xen chose it by itself.
  @Test(
    arguments: [
      ("arndale", ["4.3 0xb0000000", "4.4 0xb0000000", "4.5 0xb0000000"]),
      ("midway", ["4.3 0xb0000000", "4.4 0xff800000", "4.5 0xff800000"]),
      ("mustang", ["4.4 0x1f800000", "4.5 0x1f800000"]),
      ("omap5-uevm", ["4.3 0xb0000000", "4.4 0x4b000000", "4.5 0x4b000000"]),
      ("orangepi-pc", ["4.3 0xb0000000", "4.4 0xb0000000", "4.5 0xb0000000"]),
      ("vexpress-tc2", ["4.3 0xb0000000", "4.4 0xb0000000", "4.5 0x10000000"]),
    ])
  func grantTables(board: String, tables: [String]) throws {
    let catalogue = try ShippedFiles.catalogue()
    let soc = try catalogue.soc(of: catalogue.board(named: board))
    #expect(soc.grantTables.map { "\($0.xen) \($0.range.start)" } == tables)
    #expect(soc.grantTables.allSatisfy { $0.range.size == 0x2_0000 })
  }

  @Test func boardsThatAreOnlyJudged() throws {
    let catalogue = try ShippedFiles.catalogue()
    let boards = catalogue.boards.filter { $0.bootloader == nil }
    #expect(
      boards.map(\.name) == ["arndale", "midway", "mustang", "omap5-uevm", "vexpress-tc2"])
    let midway = try catalogue.board(named: "midway")
    #expect(midway.memory.further.map(\.description) == ["0x200000000..0x4ffffffff"])
    let mustang = try catalogue.soc(of: catalogue.board(named: "mustang"))
    #expect(mustang.processor.architecture == .arm64 && mustang.timer.secure == 0)
    let express = try catalogue.board(named: "vexpress-tc2")
    #expect(express.identity.compatible == ["arm,vexpress,v2p-ca15_a7", "arm,vexpress"])
  }

  @Test func theA20() throws {
    let catalogue = try ShippedFiles.catalogue()
    let soc = try catalogue.soc(of: catalogue.board(named: "cubietruck"))
    #expect(soc.identity.treePrefix == "sun7i-a20-")
    #expect(soc.processor.architecture == .arm32)
    #expect(soc.processor.cores == 2)
    #expect(soc.processor.hyp)
    #expect(soc.dram.window.description == "0x40000000..0xbfffffff")
    #expect(soc.spl?.offset == .kibibytes(8))
    #expect(soc.spl?.limit == .kibibytes(24))
    #expect(soc.bootloader.text == 0x4a00_0000)
    #expect(
      soc.load.all.map { "\($0.name) \($0.address)" } == [
        "xen 0x42000000", "tree 0x43000000", "script 0x43100000", "kernel 0x44000000",
        "initrd 0x46000000",
      ])
    #expect(soc.bootm?.window.description == "0x40000000..0x49ffffff")
    #expect(soc.gic.virtual.description == "0x01c86000..0x01c87fff")
    #expect(soc.timer.hypervisor == 10)
    #expect(
      soc.grantTables.map { "\($0.xen) \($0.range)" } == [
        "4.3 0xb0000000..0xb001ffff", "4.4 0x01d00000..0x01d1ffff", "4.5 0x01d00000..0x01d1ffff",
      ])
    #expect(soc.sram.last?.name == "C")
    #expect(soc.timer.frequency == 24_000_000)
  }

  @Test func whatLiesWhereOnTheA20() throws {
    let catalogue = try ShippedFiles.catalogue()
    let soc = try catalogue.soc(of: catalogue.board(named: "cubietruck"))
    let mmc = try #require(soc.block(at: 0x1c0_f000))
    #expect(mmc.name == "mmc0" && mmc.spis == [32] && mmc.trigger == .level)
    #expect(mmc.range.description == "0x01c0f000..0x01c0ffff")
    #expect(soc.block(named: "gpu")?.spis == [69, 70, 71, 72, 73, 74, 75])
    #expect(soc.block(named: "ccu")?.spis == [])
    #expect(soc.block(at: 0x1c0_f004) == nil)
    #expect(soc.blocks.count == 69)
    // Each twin is known, and knows the other.
    for block in soc.blocks {
      guard let name = block.mistakenFor else { continue }
      #expect(soc.block(named: name)?.mistakenFor == block.name)
    }
    #expect(soc.uart?.compatible == "snps,dw-apb-uart")
    #expect(soc.uart?.regShift == 2 && soc.uart?.regIOWidth == 4)
    #expect(soc.psci?.range.description == "0x00020000..0x0002ffff")
    #expect(soc.scriptBin?.range.description == "0x43000000..0x4300ffff")
    #expect(soc.ubootLoad?.initrd == 0x4340_0000)
    #expect(soc.xen?.watchdogs.count == 2)
  }

  @Test func whoseInterruptControllerIsCounted() throws {
    let socs = try ShippedFiles.catalogue().socs
    let counted = socs.filter { $0.gic.lines != nil }
    #expect(counted.map(\.name) == ["qemu-virt"] && counted.map(\.gic.lines) == [288])
    #expect(socs.filter { !$0.blocks.isEmpty }.map(\.name) == ["a20"])
  }

  @Test func howQEMUIsCalled() throws {
    let catalogue = try ShippedFiles.catalogue()
    let virt = try catalogue.board(named: "qemu-virt")
    #expect(virt.tree.origin == .machine)
    #expect(
      virt.emulation?.way
        == .machine(
          Emulation(
            machine: "virt,virtualization=on,gic-version=2", processor: "cortex-a15", cores: 2,
            memory: .gibibytes(1), disk: .virtio, bootloaderIsFirmware: true,
            options: ["-nic", "none"])))
    let pi = try catalogue.board(named: "orangepi-pc")
    #expect(
      pi.emulation?.way
        == .machine(
          Emulation(
            machine: "orangepi-pc", memory: .gibibytes(1), disk: .sd, powerOfTwo: true,
            options: ["-nic", "none"])))
    #expect(pi.bootloader?.member.contains("/orangepi_plus/") == true)
    #expect(try catalogue.soc(of: virt).spl == nil)
    #expect(try catalogue.soc(of: virt).bootm != nil)
  }

  @Test func everySectionHasASource() throws {
    let catalogue = try ShippedFiles.catalogue()
    for board in catalogue.boards {
      #expect(
        board.sources.map(\.section) == [
          "identity", "memory", "console", "tree",
        ] + (board.bootloader == nil ? [] : ["bootloader"]) + ["dom0"]
          + (board.drivers == nil ? [] : ["drivers"])
          + (board.emulation == nil ? [] : ["emulation"]))
      #expect(board.sources.allSatisfy { $0.source.count > 10 })
    }
    let a20 = try #require(catalogue.socs.first { $0.name == "a20" })
    #expect(a20.sources.count == 9 + 7 + 2 + 6 + 4)
    #expect(a20.sources.allSatisfy { $0.source.count > 10 })
  }

  @Test func whatLinuxDrives() throws {
    let catalogue = try ShippedFiles.catalogue()
    let truck = try catalogue.board(named: "cubietruck")
    let chip = try catalogue.soc(of: truck).drivers
    #expect(chip?.disk == ["sunxi-mmc", "mmc_block"] && chip?.network == ["dwmac-sunxi"])
    #expect(truck.drivers?.disk == [] && truck.drivers?.network == ["realtek"])
    let known = catalogue.socs.filter { $0.drivers != nil }.map(\.name)
    #expect(known == ["a20", "h3", "qemu-virt"])
  }

  /// Half of the smallest memory at most, so that Xen and its heap fit beside dom0.
  @Test func dom0FitsTheSmallestMemory() throws {
    for board in try ShippedFiles.catalogue().boards {
      let smallest = try #require(board.memory.variants.first)
      #expect(board.dom0.memory.rawValue <= smallest.rawValue / 2, "\(board.name)")
    }
  }
}
