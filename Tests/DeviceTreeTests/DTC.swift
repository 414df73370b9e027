import Foundation
import OutsideTools

/// The device-tree compiler, as the judge of what a tree says.
enum DTC {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The blob that dtc makes of source text.
  static func compile(_ source: String, arguments: [String] = []) throws -> [UInt8] {
    try run(["-q", "-I", "dts", "-O", "dtb"] + arguments, on: Array(source.utf8))
  }

  /// The source text that dtc makes of a blob, in the blob's order.
  static func decompile(_ blob: [UInt8]) throws -> String {
    String(decoding: try run(["-q", "-I", "dtb", "-O", "dts"], on: blob), as: UTF8.self)
  }

  private static func run(_ arguments: [String], on input: [UInt8]) throws -> [UInt8] {
    try OutsideTool.withTemporaryFolder { folder in
      try Data(input).write(to: folder.appending(path: "in"))
      let result = try OutsideTool.run("dtc", arguments + ["-o", "out", "in"], in: folder)
      guard result.status == 0 else {
        throw Failure(description: "dtc refuses its input: \(result.output)")
      }
      return [UInt8](try Data(contentsOf: folder.appending(path: "out")))
    }
  }
}
