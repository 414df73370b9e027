import DeviceTreeLint
import Diagnostics
import Foundation
import OutsideTools
import Testing

/// The table of `Docs/blob-faults.md` says what is so: what dtc of this machine does with each blob,
/// and which of our rules tells of it.
@Suite struct BlobFaultTests {
  /// A row: the fault, libfdt's verdict, dtc's, our rules.
  static let rows: [[String]] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Docs/blob-faults.md")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { $0.hasPrefix("| ") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }()

  @Test(arguments: BlobFault.all)
  func isInTheTable(fault: BlobFault) throws {
    let tree = try ExampleTree(fault.example)
    let structure = try RuleSelection(select: ["structure", "phandle-valid"], ignore: [])
    let linter = Linter(for: try LintTarget(.xen("4.17")), selection: structure)
    let found = Set(linter.lint(tree.bytes, file: "x.dtb").map(\.rule.rawValue)).sorted()
    let row = try #require(Self.rows.first { $0.first == fault.name }, "no row \"\(fault.name)\"")
    try #require(row.count == 4)
    #expect(row[3] == found.map { "`\($0)`" }.joined(separator: ", "))
    // What other versions of dtc do is theirs.
    guard try OutsideTool.run("dtc", ["--version"]).output.contains("1.6.1") else { return }
    #expect(row[2].hasPrefix(try dtc(tree.bytes)), "\(row)")
  }

  @Test func theTableHasNothingElse() {
    #expect(!Self.rows.isEmpty)
    #expect(
      Set(Self.rows.dropFirst().compactMap(\.first)).subtracting(BlobFault.all.map(\.name)) == [])
  }

  private func dtc(_ bytes: [UInt8]) throws -> String {
    try OutsideTool.withTemporaryFolder { folder in
      let file = folder.appending(path: "x.dtb")
      try Data(bytes).write(to: file)
      let result = try OutsideTool.run(
        "dtc", ["-I", "dtb", "-O", "dtb", "-o", "/dev/null", file.path])
      switch result.status {
      case 0: return result.output.isEmpty ? "silent" : "warns"
      case SIGSEGV: return "crashes"
      default: return "refuses"
      }
    }
  }
}
