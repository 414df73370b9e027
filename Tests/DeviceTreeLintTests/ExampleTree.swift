import Diagnostics
import Foundation
import OutsideTools
import TreeSource

/// A card's example as a blob, with the lines that its nodes and properties stand on.
///
/// dtc compiles it, as it would a user's source; what dtc itself would refuse is forced, since many
/// examples are wrong on purpose.
struct ExampleTree {
  let bytes: [UInt8]
  /// The lines of the source that hold a mark, from 1, in order.
  let markedLines: [Int]
  /// Where each node and property stands in the source.
  private let positions: SourceMap

  init(_ example: RuleExample) throws {
    let isWhole = example.source.contains("/dts-v1/")
    let text = (isWhole ? "" : "/dts-v1/;\n") + example.source
    markedLines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .flatMap { line in line.element.filter { $0 == "«" }.map { _ in line.offset + 1 } }
    let source = RuleExample.unmarked(text)
    let (blob, positions) = try OutsideTool.withTemporaryFolder { folder in
      let file = folder.appending(path: "example.dts")
      try source.write(to: file, atomically: true, encoding: .utf8)
      func dtc(_ options: [String], to name: String) throws -> URL {
        let made = folder.appending(path: name)
        let result = try OutsideTool.run(
          "dtc",
          ["-q", "-f", "-I", "dts", "-o", made.path] + Self.withoutTraps + options + [file.path])
        guard result.status == 0 || FileManager.default.fileExists(atPath: made.path) else {
          throw Refused(description: result.output + source)
        }
        return made
      }
      let blob = try Data(contentsOf: try dtc(["-O", "dtb"], to: "example.dtb"))
      let annotated = try Data(
        contentsOf: try dtc(["-O", "dts", "-T", "-T"], to: "positions.dts"))
      // Lines are all that is asked for, and dtc knows them without the source.
      let positions = SourceMap(
        AnnotatedSource(parsing: Array(annotated)), in: SourceFiles(texts: [:]))
      return (Array(blob), positions)
    }
    self.bytes = blob.patched(example.patches)
    self.positions = positions
  }

  /// Checks in which dtc, the old ones more than the new, stops on an assertion or crashes when a
  /// tree is wrong enough. Only the blob is wanted here.
  private static let withoutTraps = [
    "graph_nodes", "interrupts_property", "gpios_property",
  ].flatMap { ["-W", "no-" + $0] }

  struct Refused: Error, CustomStringConvertible {
    let description: String
  }

  /// Every line that a finding may stand on; empty where the source has no such place.
  func lines(of place: Finding.Place) -> [Int] {
    guard let node = place.node else { return [] }
    guard let property = place.property else { return positions.places(of: node).map(\.body.line) }
    return positions.ranges(of: property, in: node).map(\.line)
  }
}

extension [UInt8] {
  /// The blob with bytes of it overwritten.
  func patched(_ patches: [BytePatch]) -> [UInt8] {
    func word(_ offset: Int) -> Int { self[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
    var bytes = self
    for patch in patches {
      let base =
        switch patch.base {
        case .header: 0
        case .structure: word(8)
        case .strings: word(12)
        case .reservations: word(16)
        case .end: count
        }
      let start = base + patch.offset
      let written = Array(repeatElement(patch.bytes, count: patch.times).joined())
      for (index, byte) in written.enumerated() {
        if start + index < bytes.count { bytes[start + index] = byte } else { bytes.append(byte) }
      }
    }
    return bytes
  }
}
