import Diagnostics
import FAT
import Measures
import Testing

@Suite struct RefusalTests {
  func refusal(_ entries: [FATEntry], label: String = "", size: ByteCount = .mebibytes(1))
    -> FATError?
  {
    do throws(FATError) {
      _ = try FATVolume(label: label, volumeID: 1, size: size, entries: entries).layout()
      return nil
    } catch {
      return error
    }
  }

  @Test(
    arguments: [
      ("", .empty), ("/boot", .empty), ("a//b", .empty), ("boot/", .empty), ("a/../b", .dots),
      ("../\u{301}x", .character("/")),
      (".", .dots), ("why?", .character("?")), ("a:b", .character(":")),
      ("back\\slash", .character("\\")), ("bell\u{07}", .character("\u{07}")),
      ("nul\0", .character("\0")), ("pad\u{FFFF}", .character("\u{FFFF}")),
      ("dot.", .trailing(".")), ("blank /b", .trailing(" ")),
      (String(repeating: "n", count: 256), .tooLong(units: 256)),
      (String(repeating: "😀", count: 128), .tooLong(units: 256)),
      (String(repeating: "a/", count: 64) + "a", .tooDeep(names: 65, limit: 64)),
    ] as [(String, FATNameFault)])
  func refusesNames(path: String, fault: FATNameFault) {
    #expect(refusal([.file(path, size: 1)]) == .name(path: path, fault: fault))
  }

  @Test func takesTheLongestNameThereIs() {
    #expect(refusal([.file(String(repeating: "n", count: 255), size: 1)]) == nil)
  }

  @Test func refusesNamesThatDifferInCaseOnly() {
    #expect(
      refusal([.file("boot/xen", size: 1), .file("boot/Xen", size: 1)])
        == .twice(path: "boot/Xen", other: "boot/xen"))
    #expect(
      refusal([.file("Boot/a", size: 1), .file("boot/b", size: 1)])
        == .twice(path: "Boot", other: "boot"))
    #expect(
      refusal([.file("a", size: 1), .file("a", size: 1)]) == .twice(path: "a", other: "a"))
  }

  @Test func refusesAFileThatIsAFolder() {
    #expect(
      refusal([.file("boot", size: 1), .file("boot/xen", size: 1)]) == .fileAsFolder(path: "boot"))
  }

  @Test(arguments: ["twelve chars", "a/b", "Größe", " x", "tab\t", "ß"])
  func refusesLabels(label: String) {
    #expect(refusal([], label: label) == .label(label))
  }

  @Test func refusesWhatIsTooLargeForAFile() {
    let limit = ByteCount.gibibytes(4)
    #expect(
      refusal([.file("image", size: limit)], size: .gibibytes(8))
        == .fileTooLarge(path: "image", size: limit))
    #expect(
      refusal([.file("image", size: ByteCount(limit.rawValue - 1))], size: .gibibytes(8)) == nil)
  }

  @Test(
    arguments: [
      (0, nil), (8 << 10, nil), (4 << 40, nil), (UInt64.max, nil), (32 << 20, .fat32),
      (1 << 20, .fat16), (3 << 30, .fat16), (200 << 20, .fat12),
    ] as [(UInt64, FATKind?)])
  func refusesSizesThatNoClusterFits(bytes: UInt64, kind: FATKind?) {
    #expect(throws: FATError.self) {
      try FATVolume(volumeID: 1, size: ByteCount(bytes), kind: kind).layout()
    }
  }

  /// The limits that the help names are the ones that hold.
  @Test(
    arguments: [
      (.fat12, .kibibytes(32), .mebibytes(127)), (.fat16, .mebibytes(3), .mebibytes(2047)),
      (.fat32, .mebibytes(33), ByteCount((2 << 40) - 512)),
    ] as [(FATKind, ByteCount, ByteCount)])
  func takesSizesUpToTheLimits(kind: FATKind, smallest: ByteCount, largest: ByteCount) throws {
    for size in [smallest, largest] {
      #expect(try FATVolume(volumeID: 1, size: size, kind: kind).layout().kind == kind)
    }
  }

  @Test func saysHowMuchIsMissing() throws {
    let error = try #require(refusal([.file("rootfs.cpio", size: .mebibytes(3))]))
    #expect(
      error.diagnostic
        == Diagnostic(
          .error, "the files take 2.0 MiB more than the FAT volume of 1 MiB can hold",
          help: "make the volume at least 4 MiB large, or leave files out"))
    // And the advice holds.
    #expect(refusal([.file("rootfs.cpio", size: .mebibytes(3))], size: .mebibytes(4)) == nil)
  }

  @Test func saysThatTheRootFolderIsFull() throws {
    let files = (1...300).map { FATEntry.file("lower-case-\($0)", size: 0) }
    let error = try #require(refusal(files))
    #expect(error == .folderTooLarge(path: "", entries: 801, limit: 512))
    #expect(
      error.diagnostic.message == "the root folder takes 801 FAT entries, and at most 512 fit")
  }

  @Test func controlCharactersInNamesAreShownNotObeyed() throws {
    let error = try #require(refusal([.file("a\u{1B}[2J", size: 0)]))
    #expect(
      error.diagnostic.message
        == #"FAT cannot hold the path "a\u{1B}[2J": the character U+1B is not allowed"#)
  }
}
