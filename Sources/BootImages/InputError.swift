public import Diagnostics
public import Measures

/// Why a file cannot play the part it is given.
public enum InputError: Error, Sendable, Hashable {
  /// The file is whole as far as anybody can tell, but something else.
  case wrongKind(InputRole, file: String, ImageKind)
  /// The kernel's header says it has `of` bytes; `missing` are not in the file.
  case cutKernel(file: String, missing: ByteCount, of: ByteCount)
  case notARMFirmware(file: String, UBootVersion)
  case zImage(InputRole, file: String, ZImageError)
  case bootloader(file: String, BootloaderError)
  case tree(file: String, FlatTreeHeaderError)
}

extension InputError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .wrongKind(let role, let file, let kind):
      Diagnostic(
        .error, "the \(role.title) \(file) must be \(role.wanted), but it is \(kind)",
        help: Self.help(for: role, file: file, kind))
    case .cutKernel(let file, let missing, let size):
      Diagnostic(
        .error,
        "the kernel \(file) is cut short: \(missing.rawValue) of its \(size.rawValue) bytes are"
          + " missing",
        help: "fetch the file again")
    case .notARMFirmware(let file, let version):
      Diagnostic(
        .error, "the firmware \(file) is \(version), but not for 32-bit ARM",
        help: "give qemu_arm/u-boot.bin of the package u-boot-qemu")
    case .zImage(let role, let file, let error):
      Self.diagnostic(role, file, error)
    case .bootloader(let file, let error):
      Self.diagnostic(.bootloader, file, error)
    case .tree(let file, let error):
      Self.diagnostic(.tree, file, error)
    }
  }

  /// The words of a format's own error, with the file and its part in front.
  private static func diagnostic(
    _ role: InputRole, _ file: String, _ error: some DiagnosticConvertible
  ) -> Diagnostic {
    var diagnostic = error.diagnostic
    diagnostic.message = "the \(role.title) \(file) cannot be used: \(diagnostic.message)"
    return diagnostic
  }
}

extension InputError {
  /// What to do next. First what can be done with this very file, then which file to give instead.
  static func help(for role: InputRole, file: String, _ kind: ImageKind) -> String {
    switch (role, kind) {
    case (_, .empty): "fetch or build the file again"
    case (_, .debianPackage): "unpack it with: dpkg-deb -x \(file) FOLDER"
    case (.tree, .deviceTreeSource): "compile it with: dtc -I dts -O dtb -o TREE.dtb \(file)"
    case (.xen, .compressed(let packed)), (.kernel, .compressed(let packed)),
      (.tree, .compressed(let packed)), (.bootloader, .compressed(let packed)),
      (.firmware, .compressed(let packed)):
      "unpack it with \(packed.unpacker), then give the unpacked file"
    case (.kernel, .uImage(let inner)), (.xen, .uImage(let inner)),
      (.tree, .uImage(let inner)), (.ramdisk, .uImage(let inner)):
      "take it out of its wrapper with: dumpimage -T \(inner.mkimageName ?? "TYPE") -p 0 -o OUT"
        + " \(file)"
    case (.kernel, .arm64Image), (.kernel, .arm64Xen), (.kernel, .x86Kernel):
      "give the kernel of Debian's linux-image-armmp package for armhf"
    case (.kernel, .elf): "give the kernel's arch/arm/boot/zImage, not its vmlinux"
    case (.xen, .elf): "give Xen's xen/xen file, not xen-syms"
    case (.xen, .zImage):
      "give xen-VERSION-armhf of a xen-hypervisor package; if this one is Xen, it is cut short:"
        + " fetch it again"
    case (.bootloader, .uBoot):
      "give u-boot-sunxi-with-spl.bin, which starts with the SPL that this file lacks"
    default: help(for: role)
    }
  }

  private static func help(for role: InputRole) -> String {
    switch role {
    case .bootloader: "give the board's u-boot-sunxi-with-spl.bin of the package u-boot-sunxi"
    case .firmware: "give qemu_arm/u-boot.bin of the package u-boot-qemu"
    case .xen: "give xen-VERSION-armhf of a xen-hypervisor package for armhf"
    case .kernel: "give the kernel of Debian's linux-image-armmp package for armhf"
    case .tree: "give the board's .dtb, as the kernel's package holds"
    case .ramdisk: "give the initrd that was made for this kernel"
    case .policy: "give the xenpolicy-VERSION that was built with this Xen"
    }
  }
}
