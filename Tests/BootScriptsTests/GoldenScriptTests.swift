import BootScripts
import Foundation
import Measures
import OutsideTools
import Testing

/// The texts that the shipped templates make, each as a file of Tests/boot-scripts.
@Suite struct GoldenScriptTests {
  static let names = [
    "xen.cmd", "xen-tftp.cmd", "dom0less.cmd", "linux.cmd", "linux-tftp.cmd", "kvm-fallback.cmd",
    "xen-fel.env", "linux-fel.env", "linux-fel-tftp.env", "legacy.env", "legacy-vendor.env",
    "legacy-tftp.env", "extlinux.conf",
  ]

  static func text(_ name: String) throws -> String {
    let server = try #require(IPv4Address("10.0.0.1"))
    let board = try #require(IPv4Address("10.0.0.2"))
    let network = FileSource.network(server: server, board: board)
    switch name {
    case "xen.cmd": return try commands(Sample.xen())
    case "xen-tftp.cmd": return try commands(Sample.xen(from: network))
    case "dom0less.cmd": return try commands(Sample.xen(hasDom0: false))
    case "linux.cmd": return try commands(Sample.linux())
    case "linux-tftp.cmd": return try commands(Sample.linux(from: network))
    case "kvm-fallback.cmd":
      return try commands(Sample.linux(hyp: true, folders: ["", "fallback/"]))
    case "xen-fel.env": return try usb(Sample.xen())
    case "linux-fel.env": return try usb(Sample.linux())
    case "linux-fel-tftp.env": return try usb(Sample.linux(from: network))
    case "legacy.env":
      return try Sample.legacy(folders: ["", "fallback/"]).text(
        template: Sample.template("legacy.env"))
    case "legacy-vendor.env":
      return try Sample.legacy(takesTree: false).text(template: Sample.template("legacy.env"))
    case "legacy-tftp.env":
      return try Sample.legacy(from: network).text(template: Sample.template("legacy.env"))
    default: return try Sample.menu().text(template: Sample.template("extlinux.conf"))
    }
  }

  private static func commands(_ script: BootScript) throws -> String {
    try script.text(template: Sample.template(script.templateName))
  }

  private static func usb(_ script: BootScript) throws -> String {
    try FELEnvironment(script: script, place: 0x4310_0000).text(
      script: Sample.template(script.templateName), template: Sample.template("fel.env"))
  }

  @Test(arguments: names) func theWholeText(name: String) throws {
    let golden = Sample.root.appending(path: "Tests/boot-scripts/\(name)")
    #expect(try Self.text(name) == String(contentsOf: golden, encoding: .utf8))
  }

  /// A load that fails must be seen before its result is used.
  @Test(arguments: names.filter { $0.hasSuffix(".cmd") })
  func everyLoadIsGuarded(name: String) throws {
    let commands = try Self.text(name).split(separator: "\n").map { $0.drop { $0 == " " } }
    let loads = commands.filter {
      !$0.hasPrefix("#") && ($0.contains("load $") || $0.contains("tftpboot"))
    }
    #expect(loads.count >= 2)
    #expect(loads.allSatisfy { $0.hasPrefix("if load ") || $0.hasPrefix("if tftpboot ") })
  }

  /// U-Boot's own addresses and devices, which differ from board to board and boot to boot.
  @Test(
    arguments: [
      "fdt_high=", "fdt_high 0x", "fdt_high f", "ffffffff", "mmc 0", "kernel_addr_r",
      "fdt_addr_r", "ramdisk_addr_r", "saveenv", "{{", "}}",
    ])
  func whatMustNotStandThere(words: String) throws {
    for name in Self.names where !name.hasPrefix("legacy") {
      #expect(try !Self.text(name).contains(words), "\(name)")
    }
  }

  /// What is sound to a POSIX shell as well has no open `if` and no open quote.
  @Test(arguments: names.filter { $0.hasSuffix(".cmd") })
  func anotherShellCanReadIt(name: String) throws {
    let text = try Self.text(name)
    try OutsideTool.withTemporaryFolder { folder in
      try text.write(
        to: folder.appendingPathComponent("boot.cmd"), atomically: true, encoding: .utf8)
      let check = try OutsideTool.run("sh", ["-n", "boot.cmd"], in: folder)
      #expect(check.status == 0 && check.output == "", "\(check.output)")
    }
  }

  @Test(arguments: names) func itIsPlainASCIIWithoutCarriageReturns(name: String) throws {
    #expect(try Self.text(name).utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
  }

  /// What sunxi-fel and U-Boot know the text by.
  @Test func textsForUSBBeginWithTheirMark() throws {
    for name in Self.names where name.contains("fel") {
      #expect(try Self.text(name).hasPrefix("#=uEnv\n"))
    }
  }

  /// Row by row what the engineers of 2013 wrote by hand.
  @Test func theTwoKernelsOf2013() throws {
    let text = try Self.text("legacy.env")
    for words in [
      "ext2load ${device} ${partition} 0x43000000 ${script} || fatload ${device} ${partition} 0x43000000 ${script}\n",
      "ext2load ${device} ${partition} 0x48000000 ${folder}${kernel} || fatload ",
      "ext2load ${device} ${partition} 0x46000000 ${folder}${kernel} || fatload ",
      "ext2load ${device} ${partition} 0x49000000 ${folder}${dtb} || fatload ",
      "\nfdt_high=ffffffff\n", "\ndtb=board.dtb\n", "if test -z \"${dtb}\"; then run ctboot_old; ",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(try Self.text("legacy-vendor.env").contains("\n#dtb=board.dtb\n"))
  }
}
