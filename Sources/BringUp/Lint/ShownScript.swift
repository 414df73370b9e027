import BootImages
import Bytes
public import Diagnostics
public import Files
import Foundation
import Measures
public import SystemPackage

/// A script image taken apart: what its header says, and the text in it.
public struct ShownScript: Sendable {
  /// Lines about the header; empty for a plain text.
  public let facts: [String]
  public let text: [UInt8]
  /// Why U-Boot would refuse the file.
  public let damage: Diagnostic?

  public init(contentsOf path: FilePath) throws(FileError) {
    self.init(try readFile(path, limit: .mebibytes(16)), file: path.string)
  }

  /// Of an image whose checksums are wrong, the text is shown as far as it is there.
  init(_ bytes: [UInt8], file: String) {
    do throws(LegacyImageError) {
      let image = try LegacyImage(parsing: bytes.span.bytes)
      let text = try image.scriptText(in: bytes.span.bytes)
      facts = Self.facts(image, text: text.count)
      self.text = text
      damage = nil
    } catch {
      facts = []
      let isImage = bytes.starts(with: [0x27, 0x05, 0x19, 0x56])
      // Header and table of lengths: what stands behind them is the text, or once was.
      text = isImage ? Array(bytes.dropFirst(LegacyImage.headerSize + 8)) : bytes
      var words = error.diagnostic
      words.message = "\(file): \(words.message)"
      words.severity = isImage ? .error : .warning
      if !isImage {
        words.help =
          "`mkimage -A arm -O linux -T script -C none -d TEXT boot.scr` makes an image of a text"
      }
      damage = words
    }
  }

  private static func facts(_ image: LegacyImage, text length: Int) -> [String] {
    let time = Date(timeIntervalSince1970: TimeInterval(image.time)).formatted(.iso8601)
    return [
      "name: \(image.name.isEmpty ? "none" : image.name)",
      "made: \(time)",
      "for: \(image.architecture), \(image.operatingSystem), \(image.compression)",
      "text: \(length) bytes",
    ]
  }
}
