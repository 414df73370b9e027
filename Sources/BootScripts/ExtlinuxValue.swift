/// The kernel's command line behind `append` in an extlinux.conf.
///
/// U-Boot takes the line to its end and then puts variables in as its simplest shell does
/// (`boot/pxe_utils.c`; `common/cli_simple.c`, `cli_simple_process_macros`): `$`, apostrophe and
/// backslash count unless a backslash stands before them, and a backslash that was itself written
/// with one protects what follows it as well.
public enum ExtlinuxValue {
  /// U-Boot's line buffer, in bytes with the NUL: `CONFIG_SYS_CBSIZE` of the smallest build known,
  /// u-boot-qemu's.
  public static let limit = 512

  public static func escaping(_ text: String, as place: String) throws(ScriptError) -> String {
    guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw .unprintable(text, place: place)
    }
    var escaped = ""
    var isProtected = false
    for scalar in text.unicodeScalars {
      if "\\$'".unicodeScalars.contains(scalar), !isProtected { escaped += "\\" }
      escaped.unicodeScalars.append(scalar)
      isProtected = scalar == "\\"
    }
    guard escaped.utf8.count < limit else {
      throw .tooLong(place: place, length: escaped.utf8.count, limit: limit - 1)
    }
    return escaped
  }
}
