import Diagnostics
import SystemPackage

extension TreeCompiler {
  /// The source as cpp hands it on, with the options that Linux builds its trees with.
  func preprocess(_ file: FilePath, _ text: [UInt8]) async throws(TreeCompilerError) -> [UInt8] {
    var arguments = ["-nostdinc", "-undef", "-D__DTS__", "-x", "assembler-with-cpp"]
    // Columns of its complaints are then characters, tabs among them, and each is one line.
    arguments += ["-ftabstop=1", "-fno-diagnostics-show-caret"]
    for path in includePaths + [Self.folder(of: file)] { arguments += ["-I", path.string] }
    let result = try await run(.cpp, arguments + [Self.argument(file)]).get()
    guard result.hasSucceeded else {
      let findings = result.messages.split(separator: "\n").prefix(Complaint.most)
        .compactMap(Self.finding)
      throw .refused(
        findings.isEmpty
          ? [Complaints.unclear(file.string, result.messages, "cpp refuses the source")] : findings)
    }
    return result.output
  }

  /// `board.dts:3:10: fatal error: soc.h: No such file or directory`
  private static func finding(_ line: Substring) -> Finding? {
    guard let (start, message) = line.cut(at: ": error: ") ?? line.cut(at: ": fatal error: ")
    else { return nil }
    let parts = start.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count > 2, let row = Int(parts[parts.count - 2]), let column = Int(parts.last ?? "")
    else { return nil }
    let isMissing = message.hasSuffix("No such file or directory")
    return Finding(
      Complaints.syntax, .error, "cpp: \(message)",
      at: Finding.Place(
        file: parts.dropLast(2).joined(separator: ":"), line: row, column: column),
      help: isMissing ? "add the folder that holds it to the include paths" : nil)
  }
}
