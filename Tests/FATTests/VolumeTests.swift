import FAT
import Foundation
import Measures
import OutsideTools
import Testing

@Suite struct VolumeTests {
  /// Names, depths and sizes that have gone wrong somewhere before.
  static func entries(cluster: UInt64) -> [FATEntry] {
    let sizes: [UInt64] = [0, 1, cluster - 1, cluster, cluster + 1, 3 * cluster]
    return [
      .folder("empty"),
      .file("README.TXT", size: 700),
      .file("boot.scr", size: 2048),
      .file("boot/xen-4.17-armhf", size: 20_000),
      .file("boot/dtb/allwinner/sun7i-a20-cubietruck.dtb", size: 5000),
      .file("boot/dtb/allwinner/sun7i-a20-cubieboard2.dtb", size: 5001),
      .file("a/b/c/d/e/f/g/h.bin", size: 9),
      .file(".hidden", size: 3),
      .file("thirteen.long", size: 4),
      .file("two  blanks and.many.dots.tar.gz", size: 5),
      .file("plus+comma,semi;equal=[brackets]", size: 6),
      .file("Größe/日本語.txt", size: 7),
      .file(String(repeating: "long ", count: 50) + "ended", size: 8),
      .file("LONGNA~1.TXT", size: 10),
      .file("longnames.txt", size: 11),
      .file("longnamed.txt", size: 12),
    ] + sizes.map { .file("sizes/\($0)", size: ByteCount($0)) }
  }

  static let shapes: [(FATKind, UInt64)] = [(.fat12, 1), (.fat16, 16), (.fat32, 64)]

  @Test(arguments: shapes)
  func othersReadEveryFile(kind: FATKind, mebibytes: UInt64) throws {
    let volume = FATVolume(
      label: "boot", volumeID: 0x1234_5678, size: .mebibytes(mebibytes), kind: kind,
      hiddenSectors: 2048, entries: Self.entries(cluster: 512))
    try OutsideTool.withTemporaryFolder { folder in
      let card = try Card(volume, in: folder)
      #expect(card.layout.kind == kind)
      #expect(card.layout.clusterSize == (kind == .fat16 ? 2048 : 512))
      try card.expectSound()
    }
  }

  @Test(arguments: shapes)
  func aFolderOfManyFilesTakesManyClusters(kind: FATKind, mebibytes: UInt64) throws {
    let files = (1...600).map {
      FATEntry.file("modules/kernel-module-number-\($0).ko", size: ByteCount($0 % 7))
    }
    let volume = FATVolume(
      volumeID: 1, size: .mebibytes(mebibytes), kind: kind, entries: files)
    try OutsideTool.withTemporaryFolder { folder in
      try Card(volume, in: folder).expectSound()
    }
  }

  @Test(arguments: FATKind.allCases)
  func anEmptyVolumeIsSound(kind: FATKind) throws {
    let size: UInt64 = kind == .fat12 ? 1 : kind == .fat16 ? 5 : 40
    try OutsideTool.withTemporaryFolder { folder in
      try Card(
        FATVolume(volumeID: 1, size: .mebibytes(size), kind: kind), in: folder
      ).expectSound()
    }
  }

  @Test func aVolumeMayBeFullToTheLastCluster() throws {
    var volume = FATVolume(label: "FULL", volumeID: 1, size: .mebibytes(40), kind: .fat32)
    volume.entries = [.file("all", size: try volume.layout().free)]
    #expect(try volume.layout().free == 0)
    try OutsideTool.withTemporaryFolder { folder in
      try Card(volume, in: folder).expectSound()
    }
  }

  /// Written as the image writer does it: what is zero stays a hole.
  @Test(arguments: [(.fat16, 2047), (.fat32, 600), (.fat32, 9000)] as [(FATKind, UInt64)])
  func largeVolumesAreSound(kind: FATKind, mebibytes: UInt64) throws {
    let layout = try FATVolume(
      label: "LARGE", volumeID: 1, size: .mebibytes(mebibytes), kind: kind,
      entries: [.file("boot/root.img", size: .mebibytes(mebibytes / 3)), .file("last", size: 5)]
    ).layout()
    try OutsideTool.withTemporaryFolder { folder in
      let image = folder.appendingPathComponent("image")
      try Data().write(to: image)
      let file = try FileHandle(forWritingTo: image)
      try file.truncate(atOffset: layout.size.rawValue)
      for extent in layout.metadata {
        try file.seek(toOffset: extent.offset)
        try file.write(contentsOf: Data(extent.bytes))
      }
      try file.close()
      let check = try OutsideTool.run("fsck.fat", ["-n", image.path])
      #expect(check.status == 0, "\(check.output)")
      #expect(check.output.split(separator: "\n").count == 2, "\(check.output)")
    }
  }

  /// mtools knows no pairs and shows `__`, but finds the file by its short name.
  @Test func charactersBeyondSixteenBitsArePairs() throws {
    let volume = FATVolume(volumeID: 1, size: .mebibytes(1), entries: [.file("😀.txt", size: 7)])
    try OutsideTool.withTemporaryFolder { folder in
      let card = try Card(volume, in: folder)
      let text = try OutsideTool.run("mtype", ["-i", card.image.path, "::_~1.TXT"])
      #expect(text.output == "😀.tx")
      #expect(try OutsideTool.run("fsck.fat", ["-n", card.image.path]).status == 0)
    }
  }

  @Test func theOrderOfEntriesDoesNotShow() throws {
    var volume = FATVolume(
      volumeID: 1, size: .mebibytes(16), entries: Self.entries(cluster: 2048))
    let layout = try volume.layout()
    volume.entries.reverse()
    volume.entries += [.folder("boot"), .folder("boot/dtb"), .folder("boot")]
    #expect(try volume.layout() == layout)
  }

  @Test func mtoolsListWhatWasMeant() throws {
    let volume = FATVolume(
      label: "demo card", volumeID: 0xC0FF_EE01, size: .mebibytes(8),
      modified: FATTimestamp(secondsSince1970: 1_700_000_001),
      entries: [
        .file("xen", size: 3), .file("boot.scr", size: 40), .file("KERNEL.IMG", size: 50),
        .file("sun7i-a20-cubietruck.dtb", size: 60), .folder("guests"),
      ])
    try OutsideTool.withTemporaryFolder { folder in
      let card = try Card(volume, in: folder)
      let listing = try OutsideTool.run("mdir", ["-i", card.image.path, "::"])
      let lines = listing.output.split(separator: "\n", omittingEmptySubsequences: false).map {
        $0.reversed().drop { $0 == " " }.reversed()
      }
      #expect(
        lines.map { String($0) }.joined(separator: "\n") == """
           Volume in drive : is DEMO CARD
           Volume Serial Number is C0FF-EE01
          Directory for ::/

          KERNEL   IMG        50 2023-11-14  22:13
          BOOT     SCR        40 2023-11-14  22:13  boot.scr
          GUESTS       <DIR>     2023-11-14  22:13  guests
          SUN7I-~1 DTB        60 2023-11-14  22:13  sun7i-a20-cubietruck.dtb
          XEN                  3 2023-11-14  22:13  xen
                  5 files                 153 bytes
                                    8 303 616 bytes free


          """)
    }
  }
}
