import Foundation
import OutsideTools
import TreeSource

/// Sources on disk, and what cpp and dtc say of them.
enum DTC {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The map of the first of the files, as dtc's annotations give it.
  static func map(
    _ files: [(name: String, text: String)], throughCPP: Bool = false
  ) throws -> SourceMap {
    try OutsideTool.withTemporaryFolder { folder in
      var texts: [String: [UInt8]] = [:]
      for file in files {
        texts[file.name] = Array(file.text.utf8)
        try Data(file.text.utf8).write(to: folder.appending(path: file.name))
      }
      var input = files[0].name
      var preprocessed: [UInt8]?
      if throughCPP {
        input = "cpp.dts"
        _ = try run(
          "cpp",
          [
            "-nostdinc", "-undef", "-x", "assembler-with-cpp", "-D__DTS__", files[0].name, "-o",
            input,
          ], in: folder)
        preprocessed = Array(try Data(contentsOf: folder.appending(path: input)))
      }
      _ = try run(
        "dtc", ["-qqq", "-f", "-I", "dts", "-O", "dts", "-T", "-T", "-o", "map", input],
        in: folder)
      let annotated = try Data(contentsOf: folder.appending(path: "map"))
      return SourceMap(
        AnnotatedSource(parsing: Array(annotated)),
        in: SourceFiles(texts: texts, preprocessed: preprocessed))
    }
  }

  private static func run(
    _ program: String, _ arguments: [String], in folder: URL
  ) throws -> String {
    let result = try OutsideTool.run(program, arguments, in: folder)
    guard result.status == 0 else { throw Failure(description: result.output) }
    return result.output
  }
}
