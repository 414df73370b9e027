import Foundation
import OutsideTools

/// Python's parser as the judge of XML: it is there wherever the benchmarks run.
struct XMLCheck {
  func isWellFormed(_ text: String) -> Bool {
    let status = try? OutsideTool.withTemporaryFolder { folder in
      let file = folder.appending(path: "report.xml")
      try text.write(to: file, atomically: true, encoding: .utf8)
      return try OutsideTool.run(
        "python3", ["-c", "import sys, xml.dom.minidom as m; m.parse(sys.argv[1])", file.path]
      ).status
    }
    return status == 0
  }
}
