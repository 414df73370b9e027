import Foundation
import StrictYAML

/// Writes a Swift file that holds the named files: `embed-data ROOT OUTPUT FILE…`.
///
/// A tool of the build, not of the product. Templates become string literals as they are. Files of
/// boards are parsed here, once, and what is carried is read again without a parser: `ctboot lint`
/// has no time for one.
@main
struct EmbedData {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let root = arguments.first, let output = arguments.dropFirst().first else {
      throw CocoaError(.fileNoSuchFile)
    }
    var (templates, boards) = ("", "")
    for file in arguments.dropFirst(2) {
      let path = String(file.dropFirst(root.count + 1))
      let text = try String(contentsOfFile: file, encoding: .utf8)
      if path.hasSuffix(".yaml"), path.hasPrefix("Boards/") {
        boards += try board(path, text)
      } else {
        templates += "    (\n      path: \(literal(path)),\n      text: \(literal(text))\n    ),\n"
      }
    }
    let text = """
      /// Made by the build from Boards and Templates.
      enum ShippedData {
        /// A parsed file, and what may be an entry of a tree's `compatible` in it.
        struct Board {
          let path: String
          let packed: String
          let compatibles: [String]
        }

        static let boards: [Board] = [
      \(boards)  ]
        static let templates: [(path: String, text: String)] = [
      \(templates)  ]
      }

      """
    try text.write(toFile: output, atomically: true, encoding: .utf8)
  }

  private static func board(_ path: String, _ text: String) throws -> String {
    let document = try YAMLDocument(text: text, file: path)
    let compatibles = document.root.texts.filter { $0.contains(",") && !$0.contains(" ") }
    return """
          Board(
            path: \(literal(path)),
            packed: \(literal(PackedYAML(document).text)),
            compatibles: [\(compatibles.map(literal).joined(separator: ", "))]),

      """
  }

  private static func literal(_ text: String) -> String {
    text.contains("\n") ? "####\"\"\"\n\(text)\n\"\"\"####" : "####\"\(text)\"####"
  }
}
