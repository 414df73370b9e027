import Bytes

/// Boot scripts (`boot.scr`): a legacy image whose payload is a table of lengths, ended by 0, and
/// then the text.
///
///      0  length of the text     4  0     8  text
///
/// Source: U-Boot `cmd/source.c`, `boot/image.c` on multi-file images.
extension LegacyImage {
  /// A script image as `mkimage -A arm -O linux -T script -C none` makes it. It is marked as 32-bit
  /// ARM because sunxi-fel passes over scripts marked otherwise.
  ///
  /// - Parameters:
  ///   - text: the commands, each ended by a newline; not empty.
  ///   - name: at most `nameLimit` bytes of UTF-8.
  ///   - time: seconds since 1970; give a fixed one for images that are equal byte by byte.
  public static func script(
    text: [UInt8], name: String, time: UInt32
  ) throws(LegacyImageError) -> [UInt8] {
    guard !text.isEmpty else { throw .emptyScript }
    guard let length = UInt32(exactly: text.count), length <= UInt32.max - 8 else {
      throw .scriptTooLong
    }
    var payload: [UInt8] = []
    payload.append(bigEndian: length)
    payload.append(bigEndian: UInt32(0))
    payload += text
    return try wrapping(payload, kind: .script, name: name, time: time)
  }

  /// The commands of a script image, of which this must be the parsed header and `bytes` the bytes
  /// it was parsed from.
  public func scriptText(in bytes: RawSpan) throws(LegacyImageError) -> [UInt8] {
    guard kind == .script else { throw .notScript(kind) }
    guard bytes.holds(payload.count, at: payload.lowerBound) else { throw .brokenScriptTable }
    let payload = bytes.extracting(payload)
    do {
      let length = Int(try payload.bigEndianUInt32(at: 0))
      guard length > 0 else { throw LegacyImageError.emptyScript }
      // U-Boot runs the first text and skips the lengths of others, so this does too.
      var text = 4
      while try payload.bigEndianUInt32(at: text) != 0 { text += 4 }
      text += 4
      guard payload.holds(length, at: text) else { throw LegacyImageError.brokenScriptTable }
      return payload.bytes(in: text..<text + length)
    } catch let error as LegacyImageError {
      throw error
    } catch {
      throw .brokenScriptTable
    }
  }
}
