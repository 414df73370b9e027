/// Names that U-Boot 2023.01 knows on boards of the family that ctboot builds for, as Debian 12 builds it.
///
/// Source: the table of commands and the default environment in the package u-boot-sunxi 2023.01.
enum UBootNames {
  static let commands = Set(
    words(
      """
      ? base bdinfo blkcache boot bootd bootefi bootelf bootflow bootm bootp bootvx bootz cls cmp
      coninfo cp crc32 cyclic dfu dhcp dm echo editenv env exit ext2load ext2ls ext4load ext4ls
      ext4size false fastboot fatinfo fatload fatls fatmkdir fatrm fatsize fatwrite fdt fstype
      fstypes go gpio gpt help i2c iminfo imxtract itest lcdputs ln load loadb loads loadx loady
      loop ls md mdio mii mm mmc mmcinfo mw net nfs nm panic part ping pinmux poweroff printenv
      pxe random reset run save saveenv scsi scsiboot setcurs setenv setexpr showvar size sleep
      source sysboot test tftpboot true ums usb usbboot version
      """))

  /// The default environment, and what the boot sequence has set when it runs a script. Addresses are
  /// put in by the chip.
  static let environment = Dictionary(
    uniqueKeysWithValues: words(
      """
      arch baudrate board board_name boot_a_script boot_efi_binary boot_efi_bootmgr boot_extlinux
      boot_net_usb_start boot_prefixes boot_script_dhcp boot_scripts boot_syslinux_conf
      boot_targets bootcmd bootcmd_dhcp bootcmd_fel bootcmd_mmc0 bootcmd_pxe bootcmd_scsi0
      bootcmd_usb0 bootdelay bootfstype bootm_size console cpu devnum devplist devtype
      dfu_alt_info_ram distro_bootcmd distro_bootpart efi_dtb_prefixes ethaddr fdt_addr_r
      fdtcontroladdr fdtfile fdtoverlay_addr_r fel_booted fel_scriptaddr kernel_addr_r
      load_efi_dtb loadaddr mmc_boot mmc_bootdev partitions prefix preboot pxefile_addr_r
      ramdisk_addr_r scan_dev_for_boot scan_dev_for_boot_part scan_dev_for_efi
      scan_dev_for_extlinux scan_dev_for_scripts script scriptaddr scsi_boot scsi_init
      scsi_need_init serial# soc stderr stdin stdout target usb_boot uuid_gpt_esp uuid_gpt_system
      ver
      """
    ).map { ($0, "") })

  /// The default environment of 2013 (`include/configs/sunxi-common.h` of the branch sunxi).
  static let legacyEnvironment = [
    "scriptaddr": "0x44000000", "loadaddr": "0x48000000", "bootm_size": "0x10000000",
    "device": "mmc",
    "partition": "0:1", "console": "ttyS0,115200", "loglevel": "8", "kernel": "uImage",
    "bootenv": "uEnv.txt", "bootscr": "boot.scr", "script": "script.bin", "bootcmd": "",
    "bootargs": "",
    "panicarg": "", "extraargs": "", "root": "", "bootpath": "", "bootdelay": "", "setargs": "",
    "loadbootenv": "", "loadbootscr": "", "autoboot": "", "boot_ram": "", "boot_mmc": "",
    "mmcbootcmd": "", "uenvcmd": "", "ethaddr": "", "nand_root": "", "mmc_root": "", "init": "",
  ]

  /// What U-Boot asks the environment for by itself: a variable of the shell does not reach it.
  static let asked = Set(
    words(
      """
      bootargs bootcmd bootm_boot_mode bootm_low bootm_mapsize bootm_size fdt_high initrd_high
      loadaddr ipaddr serverip ethaddr
      """))

  private static func words(_ text: String) -> [String] {
    text.split { $0 == " " || $0 == "\n" }.map(String.init)
  }
}
