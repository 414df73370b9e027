import DeviceTree
import Measures
import Testing

@Suite struct RoundTripTests {
  @Test(arguments: [SampleSource.board, SampleSource.bare])
  func sourceComesBackAsItWas(source: String) throws {
    let blob = try DTC.compile(source)
    let tree = try DeviceTree(parsing: blob.span.bytes)
    #expect(try DTC.decompile(tree.encoded()) == source)
  }

  @Test func readsWhatStandsBesideTheNodes() throws {
    let blob = try DTC.compile(SampleSource.board, arguments: ["-b", "1"])
    let tree = try DeviceTree(parsing: blob.span.bytes)
    #expect(tree.bootProcessor == 1)
    #expect(
      tree.reservations == [
        MemoryReservation(address: 0x4300_0000, size: .kibibytes(64)),
        MemoryReservation(address: 0xBE00_0000, size: .mebibytes(32)),
      ])
    let again = tree.encoded()
    #expect(try DeviceTree(parsing: again.span.bytes) == tree)
  }

  @Test func readsABlobWithRoomToGrow() throws {
    let tight = try DTC.compile(SampleSource.board)
    let roomy = try DTC.compile(SampleSource.board, arguments: ["-p", "4096"])
    let (one, other) = (
      try DeviceTree(parsing: tight.span.bytes), try DeviceTree(parsing: roomy.span.bytes)
    )
    #expect(one == other)
    #expect(other.encoded().count < roomy.count - 4000)
  }

  @Test func ignoresWhatFollowsTheTree() throws {
    let blob = try DTC.compile(SampleSource.board)
    let longer = blob + [1, 2, 3]
    let (tree, same) = (
      try DeviceTree(parsing: blob.span.bytes), try DeviceTree(parsing: longer.span.bytes)
    )
    #expect(tree == same)
  }

  @Test func aTreeMadeByHandIsReadByDTC() throws {
    var tree = DeviceTree()
    tree.edit("/chosen/module@42000000") {
      $0.set(.strings("compatible", ["multiboot,kernel", "multiboot,module"]))
      $0.set(.cells("reg", [0x4200_0000, 0x80_0000]))
      $0.set(.empty("marked"))
    }
    #expect(
      try DTC.decompile(tree.encoded()) == """
        /dts-v1/;

        / {

        \tchosen {

        \t\tmodule@42000000 {
        \t\t\tcompatible = "multiboot,kernel\\0multiboot,module";
        \t\t\treg = <0x42000000 0x800000>;
        \t\t\tmarked;
        \t\t};
        \t};
        };

        """)
  }

  @Test func eachPropertyNameIsWrittenOnce() {
    var tree = DeviceTree()
    for path in ["/a", "/b", "/c"] {
      tree.edit(path) { $0.set(.cells("reg", [1])) }
    }
    #expect(Array(tree.encoded().suffix(4)) == Array("reg\0".utf8))
  }

  @Test func theHeaderTellsHowMuchToFetch() throws {
    let blob = try DTC.compile(SampleSource.board)
    let start = Array(blob.prefix(40))
    let header = try DeviceTree.Header(parsing: start.span.bytes)
    #expect(header.totalSize == ByteCount(blob.count))
    let isTree = [start, Array(blob.dropFirst()), [], [0xD0]].map {
      DeviceTree.isDeviceTree($0.span.bytes)
    }
    #expect(isTree == [true, false, false, false])
  }
}
