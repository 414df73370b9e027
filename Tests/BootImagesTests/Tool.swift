import Foundation
import OutsideTools
import Testing

/// Outside programs that judge what is made here.
enum Tool {
  /// What a program of Debian's u-boot-tools prints about a file of these bytes.
  static func run(_ name: String, _ arguments: [String], on bytes: [UInt8]) throws -> String {
    try OutsideTool.withTemporaryFolder { folder in
      try Data(bytes).write(to: folder.appending(path: "image"))
      let result = try OutsideTool.run(name, arguments + ["image"], in: folder)
      #expect(result.status == 0, "\(name) failed: \(result.output)")
      return result.output
    }
  }
}
