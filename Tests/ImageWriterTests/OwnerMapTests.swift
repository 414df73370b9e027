import Diagnostics
import ImageWriter
import Testing

@Suite struct OwnerMapTests {
  private func fault(_ text: String) -> String? {
    do throws(OwnerMapError) {
      _ = try OwnerMap(Array(text.utf8), file: "owners")
      return nil
    } catch {
      let diagnostic = error.diagnostic
      return "\(diagnostic.span?.description ?? ""): \(diagnostic.message)"
    }
  }

  @Test(
    arguments: [
      ("/a 1", "owners:1:5: the group is missing"),
      ("# x\n/a", "owners:2:3: the user is missing"),
      ("etc 0 0", "owners:1:1: the path `etc` does not begin with `/`"),
      ("/ü root 0", "owners:1:4: `root` is no number of a user or group: they are 0 to 4294967294"),
      (
        "/a 0 4294967295",
        "owners:1:6: `4294967295` is no number of a user or group: they are 0 to 4294967294"
      ),
      (
        "/a 0 0 888",
        "owners:1:8: `888` cannot be permissions, which are three or four octal digits"
      ),
      ("/a 0 0 644 x", "owners:1:12: `x` stands behind all that a line can hold"),
      ("/a/../b 0 0", "owners:1:1: a path in an owner map holds `..`"),
      ("/a\\777 0 0", "owners:1:1: `\\` is followed by nothing, or by digits that are no byte"),
      ("/a\\", "owners:1:1: `\\` is followed by nothing, or by digits that are no byte"),
    ])
  func faults(text: String, message: String) { #expect(fault(text) == message) }

  @Test(arguments: [
    "", "\n\n# nothing\n", "/ 0 0", "/a\\ b 1 2 # comment\r\n", "/x\t4294967294 0 4755",
  ])
  func goodMaps(text: String) { #expect(fault(text) == nil) }

  /// The last line that matches counts.
  @Test func patterns() throws {
    let bench = try RootBench()
    try bench.shell(
      """
      mkdir -p r/a/b/c r/d; : > r/a/x.log; : > r/a/b/y.log; : > "r/d/with blank"; : > r/d/star\\*
      printf x > "$(printf 'r/d/\\351')"
      """)
    let map = try OwnerMap(
      Array(
        """
        /             1 1
        /**           2 2
        /a/*          3 3
        /a/**/*.log   4 4
        /a/b          5 5
        /d/with\\ blank 6 6
        /d/star\\*     7 7
        /d/\\351       8 8
        /?/b/c        9 9 700
        """.utf8), file: "owners")
    let written = try bench.write([.folder(bench.path("r"), owners: map)])
    #expect(
      try written.listing.map { $0.split(separator: " ").dropFirst().joined(separator: " ") } == [
        "2:2 /", "2:2 a", "5:5 a/b", "9:9 a/b/c", "4:4 0 a/b/y.log", "4:4 0 a/x.log", "2:2 d",
        "7:7 0 d/star*", "6:6 0 d/with\\40blank", "8:8 1 d/\\351",
      ])
    #expect(written.notes == ["lines of the owner map count for nothing: line 1, line 3"])
  }
}
