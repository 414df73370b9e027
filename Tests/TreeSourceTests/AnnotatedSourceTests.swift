import SeededGenerator
import Testing
import TreeSource

/// What dtc prints is read whatever names and values hold; what it never prints does no harm.
@Suite struct AnnotatedSourceTests {
  private func map(_ annotated: String, _ texts: [String: String] = [:]) -> SourceMap {
    SourceMap(
      AnnotatedSource(parsing: Array(annotated.utf8)),
      in: SourceFiles(texts: texts.mapValues { Array($0.utf8) }))
  }

  @Test func namesOfFilesMayHoldWhatSeparatesThem() {
    let annotated = AnnotatedSource(
      parsing: Array(
        """
        / { /* a, b:1.dts:1:3-1:5, <no-file>:<no-line>, c */.dts:2:1-3:4 */
        }; /* a, b:1.dts:1:3-1:5 */
        """.utf8))
    #expect(annotated.files == ["a, b:1.dts", "c */.dts"])
  }

  @Test func valuesMayHoldWhatEndsThem() {
    let text = "/ { a = \"; /* x.dts:9:9-9:9 */\"; };"
    let map = map(
      """
      / { /* x.dts:1:3-1:36 */
      \ta = "; /* x.dts:9:9-9:9 */"; /* x.dts:1:5-1:33 */
      }; /* x.dts:1:3-1:36 */
      """, ["x.dts": text])
    #expect(map.ranges(of: "a", in: "/").map(\.description) == ["x.dts:1:5-1:33"])
  }

  @Test func aTextThatIsNotWhatDTCReadHasLinesOnly() {
    let annotated = "/ { /* x.dts:1:3-1:9 */\n\ta; /* x.dts:1:5-1:7 */\n}; /* x.dts:1:3-1:9 */\n"
    #expect(map(annotated).range(node: "/", property: "a")?.description == "x.dts:1-1")
    let other = map(annotated, ["x.dts": "/ { b; };"])
    #expect(other.range(node: "/", property: "a")?.description == "x.dts:1-1")
    #expect(map(annotated, ["x.dts": "/ { a; };"]).range(node: "/", property: "a")?.column == 5)
  }

  @Test func nestingWithoutEndIsCutOff() {
    let depth = 100_000
    let annotated = AnnotatedSource(
      parsing: Array((String(repeating: "a { /* x:1:1-1:2 */\n", count: depth)).utf8))
    #expect(annotated.files == ["x"])
  }

  @Test func anyBytesAreRead() throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = SeededGenerator(seed: seed)
    let good = Array(
      """
      / { /* x.dts:1:3-1:9, y:2:2-3:3 */
      \tl: a = "b\\"", <0x01 0x02>; /* x.dts:1:5-1:7 */
      \tm: n: node@1 { /* x.dts:1:5-1:7 */
      \t}; /* x.dts:1:5-1:7 */
      }; /* x.dts:1:3-1:9 */

      """.utf8)
    let texts = ["x.dts": Array("/ { a = \"é\"; // x\n };".utf8)]
    for _ in 0..<3000 {
      var mutant = good
      for _ in 0..<3 {
        let index = Int.random(in: mutant.indices, using: &random)
        mutant[index] = "\n\t\" /*:-,;{}0129\\".utf8.randomElement(using: &random) ?? 0
      }
      let map = SourceMap(AnnotatedSource(parsing: mutant), in: SourceFiles(texts: texts))
      _ = map.range(node: "/", property: "a")
      _ = SourceMap(
        AnnotatedSource(parsing: good),
        in: SourceFiles(texts: ["x.dts": mutant], preprocessed: mutant))
    }
  }
}
