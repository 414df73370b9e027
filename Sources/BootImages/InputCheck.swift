import Bytes
import Measures

/// Checks that a file can play the part it is given, before anything is built of it. `file` is the
/// name that errors shall say.
public enum InputCheck {
  /// A bootloader for an Allwinner card, with both its sums right.
  public static func bootloader(
    _ bytes: RawSpan, file: String
  ) throws(InputError) -> BootloaderImage {
    do {
      return try BootloaderImage(parsing: bytes)
    } catch .spl(.notSPL) {
      throw .wrongKind(.bootloader, file: file, .recognise(bytes))
    } catch {
      throw .bootloader(file: file, error)
    }
  }

  /// Plain U-Boot for a 32-bit ARM emulator. Nothing in such a file says what it is but its
  /// version text, and its first word, which must be an ARM branch.
  public static func firmware(_ bytes: RawSpan, file: String) throws(InputError) -> UBootVersion {
    let kind = ImageKind.recognise(bytes)
    guard case .uBoot(let version) = kind else {
      throw .wrongKind(.firmware, file: file, kind)
    }
    guard (try? bytes.byte(at: 3)) == 0xEA else { throw .notARMFirmware(file: file, version) }
    return version
  }

  public static func xen(_ bytes: RawSpan, file: String) throws(InputError) -> XenImage {
    do {
      return try XenImage(parsing: bytes)
    } catch {
      switch error {
      case .notXen, .zImage(.notZImage): throw .wrongKind(.xen, file: file, .recognise(bytes))
      case .zImage(let error): throw .zImage(.xen, file: file, error)
      }
    }
  }

  /// A kernel whose file is whole.
  public static func kernel(_ bytes: RawSpan, file: String) throws(InputError) -> ZImage {
    let image: ZImage
    do {
      image = try ZImage(parsing: bytes)
    } catch .notZImage {
      throw .wrongKind(.kernel, file: file, .recognise(bytes))
    } catch {
      throw .zImage(.kernel, file: file, error)
    }
    if XenImage.version(in: bytes) != nil {
      throw .wrongKind(.kernel, file: file, .recognise(bytes))
    }
    if let missing = image.missingFromKernel {
      throw .cutKernel(file: file, missing: missing, of: image.claimedSize)
    }
    return image
  }

  /// A device tree blob that is whole; DeviceTree reads what is in it.
  public static func tree(_ bytes: RawSpan, file: String) throws(InputError) -> FlatTreeHeader {
    do {
      return try FlatTreeHeader(parsing: bytes)
    } catch .notDeviceTree {
      throw .wrongKind(.tree, file: file, .recognise(bytes))
    } catch {
      throw .tree(file: file, error)
    }
  }
}
