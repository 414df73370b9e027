import Foundation
import OutsideTools

/// What is printed, without what differs from run to run.
enum ConsoleText {
  static func steady(_ text: String) -> String {
    text.replacing(/bytes read in \d+ ms( \([^)]*\))?/, with: "bytes read")
      // What a legacy image says of itself, which the model does not print.
      .replacing(
        #/ {3}(Image (Name|Type)|Created|Data Size|(Load|Entry) [A-Z][a-z]+|Contents):[^\n]*\n/#,
        with: ""
      )
      .replacing(#/ {6}Image \d+: [^\n]*\n/#, with: "")
      // The real one reads the character from address 0.
      .replacing(/Unexpected character '[^']*'/, with: "Unexpected character")
  }
}

/// A tree's blob as text, so that two of them can be compared by eye.
enum TreeText {
  static func source(of blob: Data) throws -> String {
    try OutsideTool.withTemporaryFolder { folder in
      try Data(blob).write(to: folder.appending(path: "blob"))
      return try OutsideTool.run(
        "timeout", ["10", "dtc", "-q", "-I", "dtb", "-O", "dts", "blob"], in: folder
      ).output
    }
  }
}
