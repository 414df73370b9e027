import BootScripts
import Foundation
import OutsideTools
import Testing

/// The script that the shipped template makes.
@Suite struct XenBootScriptTests {
  let text: String

  init() throws { text = try Sample.script().text(template: Sample.shipped()) }

  @Test func theWholeScript() {
    #expect(
      text == """
        # Starts Xen with dom0 on Example Demo 2.
        # Composed by ctboot from Templates/xen.cmd; boot.scr holds this text for U-Boot.
        # `ctboot emulate` reads this line and the one with STOPPED.
        echo "ctboot: boot script of demo"

        # The memory map was checked with these; another setting would move the tree.
        setenv bootm_low 0x40000000
        setenv bootm_size 0x10000000
        setenv bootm_mapsize
        setenv fdt_high
        setenv initrd_high
        # The tree holds both command lines; U-Boot would write this one over them.
        setenv bootargs

        setenv ctboot_fault
        if test "${bootm_boot_mode}" = "sec"; then
          setenv ctboot_fault "bootm_boot_mode is sec, and Xen needs HYP mode"
        fi
        if test -z "${ctboot_fault}"; then
          if load ${devtype} ${devnum}:${distro_bootpart} 0x42000000 xen; then
            if test "${filesize}" = "116290"; then
              echo "ctboot: loaded Xen at 0x42000000"
            else
              setenv ctboot_fault "xen has 0x${filesize} bytes instead of 0x116290"
            fi
          else
            setenv ctboot_fault "xen (Xen) could not be loaded"
          fi
        fi
        if test -z "${ctboot_fault}"; then
          if load ${devtype} ${devnum}:${distro_bootpart} 0x44000000 kernel; then
            if test "${filesize}" = "532200"; then
              echo "ctboot: loaded dom0 kernel at 0x44000000"
            else
              setenv ctboot_fault "kernel has 0x${filesize} bytes instead of 0x532200"
            fi
          else
            setenv ctboot_fault "kernel (dom0 kernel) could not be loaded"
          fi
        fi
        if test -z "${ctboot_fault}"; then
          echo "ctboot: starting Xen"
          bootz 0x42000000 - 0x43000000
          setenv ctboot_fault "bootz did not start Xen"
        fi
        # A bootz that works does not come back.
        echo "ctboot: STOPPED: ${ctboot_fault}"

        """)
  }

  /// A load that fails must be seen before its result is used.
  @Test func everyLoadIsGuarded() {
    let commands = text.split(separator: "\n").map { $0.drop { $0 == " " } }
    let loads = commands.filter { !$0.hasPrefix("#") && $0.contains("load $") }
    #expect(loads.count == 2)
    #expect(loads.allSatisfy { $0.hasPrefix("if load ") })
  }

  /// U-Boot's own addresses and devices, which differ from board to board and boot to boot.
  @Test(
    arguments: [
      "fdt_high=", "fdt_high 0x", "fdt_high f", "ffffffff", "mmc 0", "kernel_addr_r",
      "fdt_addr_r", "ramdisk_addr_r", "saveenv", "{{", "}}",
    ])
  func whatMustNotStandThere(words: String) { #expect(!text.contains(words)) }

  /// What is sound to a POSIX shell as well has no open `if` and no open quote.
  @Test func anotherShellCanReadIt() throws {
    try OutsideTool.withTemporaryFolder { folder in
      try text.write(
        to: folder.appendingPathComponent("boot.cmd"), atomically: true, encoding: .utf8)
      let check = try OutsideTool.run("sh", ["-n", "boot.cmd"], in: folder)
      #expect(check.status == 0 && check.output == "", "\(check.output)")
    }
  }

  @Test func itIsPlainASCIIWithoutCarriageReturns() {
    #expect(text.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
  }
}
