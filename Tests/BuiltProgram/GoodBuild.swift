import Foundation
import Testing

/// The Cubietruck's card as the program makes it, built once for all tests that look at it.
public struct GoodBuild: Sendable {
  public let project: TestProject

  public static func shared() async throws -> GoodBuild { try await building.value }

  private static let building = Task {
    let project = try TestProject()
    removeAtExit(project)
    let outcome = try await project.run("build")
    try #require(outcome.status == 0, "no good build: \(outcome.errors)")
    return GoodBuild(project: project)
  }

  /// What a static value holds is never released, so its folder is removed when the tests end.
  private static func removeAtExit(_ project: TestProject) {
    leftover = project.folder.deletingLastPathComponent().path
    atexit {
      if let path = GoodBuild.leftover { try? FileManager.default.removeItem(atPath: path) }
    }
  }

  // Written once, before the tests that could read it go on.
  nonisolated(unsafe) private static var leftover: String?
}
