import Bytes
public import Measures

extension DeviceTree {
  /// The ten words at the start of a blob, each 32-bit big-endian.
  ///
  /// ```
  /// 0x00 magic            0x14 version
  /// 0x04 totalsize        0x18 last_comp_version
  /// 0x08 off_dt_struct    0x1c boot_cpuid_phys
  /// 0x0c off_dt_strings   0x20 size_dt_strings
  /// 0x10 off_mem_rsvmap   0x24 size_dt_struct
  /// ```
  ///
  /// Reading it alone needs only its 40 bytes, and tells how many more to fetch; where the blocks
  /// lie is checked when the tree is read. Source: Devicetree Specification v0.4, section 5.2.
  public struct Header: Sendable, Hashable {
    static let magic: UInt32 = 0xD00D_FEED
    static let size = 40

    public let totalSizeField: UInt32
    public let structureOffset: UInt32
    public let stringsOffset: UInt32
    public let reservationsOffset: UInt32
    public let version: UInt32
    public let lastCompatible: UInt32
    public let bootProcessor: UInt32
    public let stringsSize: UInt32
    /// Nil in version 16, which has no such word.
    public let structureSize: UInt32?

    /// The length of the whole blob, header and blocks. It can be more than the bytes at hand.
    public var totalSize: ByteCount { ByteCount(UInt64(totalSizeField)) }

    /// Takes version 17 and whatever later version says that a reader of 17 understands it.
    public init(parsing bytes: RawSpan) throws(DeviceTreeError) {
      var faults = FaultList()
      do {
        self = try Header(parsing: bytes, &faults)
      } catch {
        throw error.fault
      }
      if let fault = faults.all.first(where: { !$0.isRemark }) { throw fault }
    }

    /// Takes version 16 and an odd last compatible version as well, and notes them.
    init(parsing bytes: RawSpan, _ faults: inout FaultList) throws(FatalFault) {
      var words: [UInt32] = []
      do {
        for offset in stride(from: 0, to: Self.size, by: 4) {
          words.append(try bytes.bigEndianUInt32(at: offset))
        }
      } catch {
        throw FatalFault(.tooShort(count: bytes.byteCount))
      }
      guard words[0] == Self.magic else { throw FatalFault(.wrongMagic(words[0])) }
      guard words[1] >= Self.size else { throw FatalFault(.totalSizeBelowHeader(words[1])) }
      let (version, lastCompatible) = (words[5], words[6])
      if version < 17 || lastCompatible != 16 {
        let fault = DeviceTreeError.unsupportedVersion(version, lastCompatible: lastCompatible)
        guard version >= 16, lastCompatible <= min(version, 17) else { throw FatalFault(fault) }
        faults.note(
          version >= 17 && lastCompatible == 17 ? .lastCompatibleVersion(lastCompatible) : fault)
      }
      totalSizeField = words[1]
      structureOffset = words[2]
      stringsOffset = words[3]
      reservationsOffset = words[4]
      self.version = version
      self.lastCompatible = lastCompatible
      bootProcessor = words[7]
      stringsSize = words[8]
      structureSize = version >= 17 ? words[9] : nil
    }
  }
}

extension DeviceTree {
  /// Whether the bytes begin with the magic number of a blob. All else may still be wrong.
  public static func isDeviceTree(_ bytes: RawSpan) -> Bool {
    (try? bytes.bigEndianUInt32(at: 0)) == Header.magic
  }
}
