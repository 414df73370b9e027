import BuiltProgram
import Foundation
import Testing

extension TestProject {
  /// A project whose file has these lines after the board, with an earlier good build beside it.
  static func built(_ lines: String = "") async throws -> TestProject {
    let project = try TestProject("board: cubietruck\n" + lines)
    try await project.putEarlierBuild()
    return project
  }

  /// The build is refused with exactly these words and status 2, says nothing else, and leaves
  /// what was there: the earlier build byte by byte, and no unfinished file.
  ///
  /// - Parameter levelling: takes out of the words what differs from one package to the next.
  func expectRefusal(
    of arguments: [String] = ["build", "--offline"], environment: [String: String?] = [:],
    _ words: String, sourceLocation: SourceLocation = #_sourceLocation,
    levelling: (String) -> String = { $0 }
  ) async throws {
    let outcome = try await Ctboot.run(arguments, in: folder, environment: environment)
    #expect(outcome.status == 2, sourceLocation: sourceLocation)
    #expect(outcome.output == "", sourceLocation: sourceLocation)
    let said = levelling(outcome.errors.replacing(folder.path, with: "FOLDER"))
    #expect(said == words + "\n", sourceLocation: sourceLocation)
    try await expectEarlierBuildUntouched(sourceLocation: sourceLocation)
  }
}

extension Data {
  /// Little endian, as all of ARM's and Allwinner's headers are.
  mutating func put(_ value: UInt32, at offset: Int) {
    for byte in 0..<4 { self[offset + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte)) }
  }
}
