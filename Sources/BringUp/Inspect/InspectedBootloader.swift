import Boards
public import BootImages
import Bytes
import Measures
import Partitions

/// The bootloader that a card's boot ROM finds.
public struct InspectedBootloader: Sendable {
  /// Of the SPL, from the start of the card, in bytes.
  public let offset: UInt64
  /// Nil where its length or checksum is wrong.
  public let spl: SPLImage?
  /// What U-Boot proper calls itself.
  public let version: UBootVersion?
  /// Where U-Boot proper ends on the card; nil where none follows that is sound.
  public let end: UInt64?
  /// Of both parts together; nil where they are not sound.
  public let sha256: String?
  /// Why the card would not start U-Boot.
  public let problem: BootloaderError?

  /// Looks at each place where a boot ROM would; nil where there is no SPL, sound or not.
  init?(in card: any ByteSource, _ partitions: DiskPartitions, places: [ByteCount]) {
    for place in places {
      let bytes = RehearsedBootloader.bytes(of: card, partitions, from: place.rawValue)
      guard case .spl = ImageKind.recognise(bytes.span.bytes.extracting(first: 64)) else {
        continue
      }
      self.init(bytes, offset: place.rawValue)
      return
    }
    return nil
  }

  private init(_ bytes: [UInt8], offset: UInt64) {
    self.offset = offset
    spl = try? SPLImage(parsing: bytes.span.bytes)
    version = UBootVersion(searching: bytes.span.bytes)
    do throws(BootloaderError) {
      let layout = try BootloaderLayout(parsing: bytes.span.bytes)
      problem = nil
      let payload =
        switch layout.payload {
        case .legacy(let legacy): UInt64(legacy.payload.upperBound)
        case .fit(let size): layout.payloadOffset.rawValue + size.rawValue
        }
      end = offset + payload
      sha256 = Digest.sha256(Array(bytes.prefix(Int(clamping: payload))))
    } catch {
      problem = error
      end = nil
      sha256 = nil
    }
  }
}

extension BoardCatalogue {
  /// Where the boot ROMs of all known SoCs look for an SPL on a card.
  var splPlaces: [ByteCount] {
    Set(socs.compactMap { $0.spl?.offset }).sorted()
  }
}
