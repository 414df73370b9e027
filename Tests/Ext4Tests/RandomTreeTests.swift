import Ext4
import Measures
import OutsideTools
import Testing

@Suite(.serialized) struct RandomTreeTests {
  /// The seed is the test's argument, so a failure names it.
  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func theKernelAndWeFindWhatWentIn(seed: UInt64) throws {
    let tree = SampleTree(seed: seed, count: 250, bytes: 6 << 20)
    let sizes: [Ext4Options.Size] = [
      .content(slack: .mebibytes(1)), .content(slack: 0), .fixed(.mebibytes(64)),
      .fixed(.mebibytes(200)),
    ]
    try OutsideTool.withTemporaryFolder { folder in
      let image = try Image(
        .test(sizes[Int(seed % 4)], growth: seed % 3 == 0 ? 64 << 30 : nil), in: folder
      ) { try tree.add(to: &$0) }
      let found = try withMount(image.url) { try FolderWalk($0).inventory }
      expectEqual(found, tree.inventory)
      let reader = try Ext4Reader(BytesOfFile(image.url))
      expectEqual(try ReaderWalk(reader).inventory, tree.inventory)
    }
  }
}
