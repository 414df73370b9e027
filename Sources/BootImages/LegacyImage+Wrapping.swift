import Bytes
public import Measures

extension LegacyImage {
  /// `payload` behind a header, as `mkimage -A arm -O linux -T KIND -C none` makes it.
  ///
  /// - Parameters:
  ///   - load: where `bootm` moves the payload to; both 0 for what stays where it was loaded.
  ///   - entry: where it is entered.
  ///   - name: at most `nameLimit` bytes of UTF-8.
  ///   - time: seconds since 1970; give a fixed one for images that are equal byte by byte.
  public static func wrapping(
    _ payload: [UInt8], kind: Kind, load: Address = 0, entry: Address = 0, name: String,
    time: UInt32
  ) throws(LegacyImageError) -> [UInt8] {
    guard name.utf8.count <= nameLimit else { throw .nameTooLong(name) }
    guard let length = UInt32(exactly: payload.count), let load = UInt32(exactly: load.rawValue),
      let entry = UInt32(exactly: entry.rawValue)
    else { throw .beyondHeader }

    func header(checksum: UInt32) -> [UInt8] {
      var header: [UInt8] = []
      header.append(bigEndian: magic)
      header.append(bigEndian: checksum)
      header.append(bigEndian: time)
      header.append(bigEndian: length)
      header.append(bigEndian: load)
      header.append(bigEndian: entry)
      header.append(bigEndian: CRC32.checksum(payload.span.bytes))
      header.append(OperatingSystem.linux.rawValue)
      header.append(Architecture.arm.rawValue)
      header.append(kind.rawValue)
      header.append(Compression.none.rawValue)
      header.append(name, width: nameLimit, padding: 0)
      return header
    }
    let blank = header(checksum: 0)
    return header(checksum: CRC32.checksum(blank.span.bytes)) + payload
  }
}
