import Foundation

/// Writes a Swift file that holds the named text files: `embed-data ROOT OUTPUT FILE…`.
///
/// A tool of the build, not of the product. Each file becomes one raw string literal, named by its
/// path below ROOT.
@main
struct EmbedData {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let root = arguments.first, let output = arguments.dropFirst().first else {
      throw CocoaError(.fileNoSuchFile)
    }
    var text = "/// Made by the build from Boards and Templates.\n"
    text += "enum ShippedData {\n  static let files: [(path: String, text: String)] = [\n"
    for file in arguments.dropFirst(2) {
      let content = try String(contentsOfFile: file, encoding: .utf8)
      text += "    (\n      #\"\(file.dropFirst(root.count + 1))\"#,\n"
      text += "      ####\"\"\"\n\(content)\n\"\"\"####\n    ),\n"
    }
    text += "  ]\n}\n"
    try text.write(toFile: output, atomically: true, encoding: .utf8)
  }
}
