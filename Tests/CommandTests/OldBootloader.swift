import BootImages
import BuiltProgram
import Foundation
import Measures

/// A bootloader file as of 2014: the SPL is Debian's, U-Boot proper has a version and an environment, and
/// no code. The environment does what that of the sunxi U-Boot did, told in our words.
enum OldBootloader {
  private static func anywhere(_ variable: String) -> String {
    "fatload $device $partition $scriptaddr ${\(variable)} || "
      + "ext2load $device $partition $scriptaddr boot/${\(variable)} || "
      + "ext2load $device $partition $scriptaddr ${\(variable)}"
  }

  static let environment = [
    "bootcmd=if run loadbootenv; then echo Loaded environment from ${bootenv}; "
      + "env import -t ${scriptaddr} ${filesize}; fi; "
      // Quotes that reach the second reading, so that a command with semicolons stays one word.
      + #"if test -n \"${uenvcmd}\"; then echo Running uenvcmd ...; run uenvcmd; fi; "#
      + "if run loadbootscr; then echo Jumping to ${bootscr}; source ${scriptaddr}; fi; run autoboot",
    "loadbootenv=" + anywhere("bootenv"), "loadbootscr=" + anywhere("bootscr"),
    "autoboot=fatload $device $partition 0x43000000 ${script} && "
      + "fatload $device $partition 0x48000000 ${kernel} && run setargs && bootm 0x48000000",
    "setargs=setenv bootargs console=${console} root=${root} ${extraargs}",
    "device=mmc", "partition=0:1", "scriptaddr=0x44000000", "bootm_size=0x10000000",
    "kernel=uImage", "bootenv=uEnv.txt", "bootscr=boot.scr", "script=script.bin",
    "console=ttyS0,115200", "root=/dev/mmcblk0p2 rootwait",
  ]

  static func bytes() async throws -> Data {
    let today = try await DebianFile.cubietruck.data()
    let texts = ["U-Boot 2014.04 (Jun 14 2014 - 08:18:58) Allwinner Technology"] + environment
    // An environment ends with an empty text.
    let program = texts.joined(separator: "\0") + "\0\0"
    let image = try LegacyImage.wrapping(
      Array(program.utf8), kind: .firmware, load: 0x4A00_0000, entry: 0x4A00_0000,
      name: "U-Boot 2014.04 for sunxi board", time: 0)
    return today.prefix(0x8000) + Data(image)
  }
}
