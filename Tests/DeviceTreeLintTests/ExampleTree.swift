import Diagnostics
import Foundation
import OutsideTools

/// A card's example as a blob, with the lines that its nodes and properties stand on.
///
/// dtc compiles it, as it would a user's source; what dtc itself would refuse is forced, since many
/// examples are wrong on purpose.
struct ExampleTree {
  let bytes: [UInt8]
  /// The lines of the source that hold a mark, from 1, in order.
  let markedLines: [Int]
  /// Lines by `/node/path` and by `/node/path:property`: each where the name stands.
  let lines: [String: [Int]]

  init(_ example: RuleExample) throws {
    let isWhole = example.source.contains("/dts-v1/")
    let text = (isWhole ? "" : "/dts-v1/;\n") + example.source
    markedLines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .flatMap { line in line.element.filter { $0 == "«" }.map { _ in line.offset + 1 } }
    let source = text.replacing("«", with: "").replacing("»", with: "")
    let (blob, lines) = try OutsideTool.withTemporaryFolder { folder in
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
      let annotated = try String(
        contentsOf: try dtc(["-O", "dts", "-T", "-T"], to: "positions.dts"), encoding: .utf8)
      return (Array(blob), Self.lines(of: annotated))
    }
    self.bytes = blob.patched(example.patches)
    self.lines = lines
  }

  /// Checks in which dtc, the old ones more than the new, stops on an assertion or crashes when a
  /// tree is wrong enough. Only the blob is wanted here.
  private static let withoutTraps = [
    "graph_nodes", "interrupts_property", "gpios_property",
  ].flatMap { ["-W", "no-" + $0] }

  struct Refused: Error, CustomStringConvertible {
    let description: String
  }

  /// Reads `name { /* file:line:column-… */` and `name = …; /* … */` of `dtc -T -T`.
  private static func lines(of annotated: String) -> [String: [Int]] {
    var lines: [String: [Int]] = [:]
    var path: [Substring] = []
    for line in annotated.split(separator: "\n") {
      let code = line.drop { $0 == "\t" || $0 == " " }
      let comment = line.range(of: "/* ", options: .backwards).map { line[$0.upperBound...] } ?? ""
      let numbers = comment.split(separator: ",").compactMap { place -> Int? in
        let parts = place.split(separator: ":")
        return parts.count > 1 ? Int(parts[1]) : nil
      }
      if code.hasPrefix("}") {
        _ = path.popLast()
      } else if let brace = code.range(of: " {") {
        let name = code[..<brace.lowerBound].split(separator: " ").last ?? ""
        path.append(name == "/" ? "" : name)
        lines[path.count == 1 ? "/" : path.joined(separator: "/"), default: []] += numbers
      } else if !path.isEmpty {
        let name = code.prefix { $0 != " " && $0 != ";" && $0 != "=" }
        let node = path.count == 1 ? "/" : path.joined(separator: "/")
        lines[node + ":" + name, default: []] += numbers
      }
    }
    return lines
  }

  /// Every line that a finding may stand on; empty where the source has no such place.
  func lines(of place: Finding.Place) -> [Int] {
    guard let node = place.node else { return [] }
    return lines[place.property.map { node + ":" + $0 } ?? node] ?? []
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
