import Diagnostics
import Reports
import SystemPackage
import Workspace

extension Project {
  /// A project of which nothing comes from a file.
  init(text: String, file: String = "ctboot.yaml") throws {
    self = try Project(parsing: Array(text.utf8), file: file, folder: "/somewhere")
  }

  /// Every key once, none with its default.
  static let everyKey = """
    version: 1
    board: orangepi-pc
    flow: linux
    root: busybox
    inputs:
      bootloader: own/u-boot.bin
      xen: debian:xen-hypervisor-4.17-armhf
      kernel: "debian:linux-image-armmp=6.1.176-1~bpo12+1"
      tree: /trees/board.dts
      script-bin: script.bin
      config: own/config
      fallback-kernel: old/zImage
      fallback-tree: old/board.dtb
      fallback-xen: old/xen
      overlays: [spi.dtbo, /trees/can.dts]
      include-paths: [linux/include]
    xen:
      arguments: "loglvl=all"
      version: "4.16"
    dom0:
      memory: 256MiB
      vcpus: 3
      arguments: "quiet # no comment"
    linux:
      arguments: "a  'b'"
    domains:
      - name: unikernel
        kernel: { file: guests/zImage, address: 0x4a00_0000 }
        memory: 64MiB
    load: { xen: 0x4300_0000, kernel: auto }
    image:
      size: 1GiB
      boot: { type: fat16, size: 32MiB, script: extlinux }

    """
}

/// The error as the terminal shows it, or `accepted`.
func rendered<T>(_ body: () throws -> T) throws -> String {
  do {
    _ = try body()
    return "accepted"
  } catch let error as any DiagnosticConvertible {
    return DiagnosticText(colour: false).text(error.diagnostic)
  }
}
