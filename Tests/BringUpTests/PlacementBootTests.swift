import BootImages
import BuiltProgram
import Foundation
import Measures
import MemoryPlanner
import OutsideTools
import Testing
import XenBoots

/// What the planner says of dom0's place, held against Xen itself: the short form of
/// `Tests/xen-placement/run`, whose long form is on record.
@Suite struct PlacementBootTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "xen-placement")

  @Test(.timeLimit(.minutes(10)))
  func xenPutsDom0WhereThePlannerSays() async throws {
    let build = try await GoodBuild.shared()
    let run = try OutsideTool.run(
      "python3",
      [
        Self.folder.appending(path: "run").path, "--quick", "--jobs", "2", "--limit", "200",
        "--inputs", build.project["build/boot"].path,
      ])
    try #require(run.status == 0, "\(run.output)")
    let layouts = try PlacementLayout.all(
      in: String(contentsOf: Self.folder.appending(path: "layouts.tsv"), encoding: .utf8))
    let boots = try PlacementBoot.all(in: run.output)
    let zImage = try #require(boots.zImage(layouts))
    #expect(boots.count == 8)
    var words: Set<String> = []
    for boot in boots {
      let layout = try #require(layouts[boot.layout])
      let placement = Dom0Placement(
        try layout.setup(boot.files, version: XenVersion(major: 4, minor: 17)),
        try layout.request(boot.memory, boot.files, zImage: zImage))
      words.insert(placement.word)
      #expect(
        boot.contradicts(placement) == nil,
        "\(boot.layout), \(boot.memory) of memory: \(placement.word)")
    }
    #expect(words == ["determined", "cannot fit"])
  }
}
