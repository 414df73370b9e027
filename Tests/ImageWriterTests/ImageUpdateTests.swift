import Diagnostics
import Files
import Foundation
import Glibc
import ImagePlan
import ImageWriter
import Measures
import OutsideTools
import Synchronization
import SystemPackage
import Testing

/// An image that is changed where it stands becomes what a new one would be, and whatever ends the
/// process on the way leaves the old one, the new one, or what leads back.
@Suite struct ImageUpdateTests {
  /// A process that is killed leaves its files as they are, so a copy of them is what a kill leaves.
  private static func copy(_ folder: URL, to name: String) throws -> URL {
    let copy = folder.deletingLastPathComponent().appending(path: name, directoryHint: .isDirectory)
    try? FileManager.default.removeItem(at: copy)
    let made = try OutsideTool.run("cp", ["-a", "--sparse=always", folder.path, copy.path])
    try #require(made.status == 0, "\(made.output)")
    return copy
  }

  private static func write(_ plan: ImagePlan, into folder: URL) throws {
    let file = try AtomicFile(replacing: folder.file("card.img"))
    try file.write(plan)
    try file.commit()
  }

  private static func image(in folder: URL) throws -> Data {
    try Data(contentsOf: folder.appending(path: "card.img"))
  }

  private static func withFolder(_ body: (URL) throws -> Void) throws {
    try OutsideTool.withTemporaryFolder { (outer) throws in
      let folder = outer.appending(path: "work", directoryHint: .isDirectory)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try body(folder)
    }
  }

  @Test(arguments: [0, 1, 4096, 500_000, 1 << 20, 3 << 20])
  func anImageBecomesTheOther(kernel: Int) throws {
    let (old, new) = (try CardFile.plan(), try CardFile.plan(kernel: kernel))
    try Self.withFolder { folder in
      try Self.write(old, into: folder)
      let update = try ImageUpdate(of: folder.file("card.img"), to: new)
      try update.perform()
      let isNew = try Self.image(in: folder) == CardFile.bytes(of: new)
      #expect(isNew)
      #expect(try CardFile.names(in: folder) == ["card.img"])
      #expect(update.changed.rawValue <= UInt64(4 << 20))
      if kernel == 1 << 20 { #expect(update.changes == []) }
    }
  }

  /// What somebody else wrote where the plan has holes.
  @Test func whatLiesInHolesGoesAway() throws {
    let plan = try CardFile.plan()
    try Self.withFolder { folder in
      try Data(repeating: 0xEE, count: 16 << 20).write(to: folder.appending(path: "card.img"))
      try ImageUpdate(of: folder.file("card.img"), to: plan).perform()
      let isNew = try Self.image(in: folder) == CardFile.bytes(of: plan)
      #expect(isNew)
    }
  }

  @Test func aRangeIsLeftAsItIs() throws {
    let plan = try CardFile.plan()
    let rest = 4096..<UInt64(3 << 20)
    try Self.withFolder { folder in
      let other = Data(repeating: 0xEE, count: 16 << 20)
      try other.write(to: folder.appending(path: "card.img"))
      try ImageUpdate(of: folder.file("card.img"), to: plan, leaving: rest).perform()
      var wanted = CardFile.bytes(of: plan)
      wanted.replaceSubrange(4096..<(3 << 20), with: other[4096..<(3 << 20)])
      let isThat = try Self.image(in: folder) == wanted
      #expect(isThat)
    }
  }

  @Test func anotherSizeIsRefused() throws {
    try Self.withFolder { folder in
      try Data(count: 4096).write(to: folder.appending(path: "card.img"))
      let plan = try CardFile.plan()
      #expect(throws: FileError.self) { try ImageUpdate(of: folder.file("card.img"), to: plan) }
    }
  }

  /// An emulator that runs from the image would see it change.
  @Test func anImageThatIsInUseIsRefused() throws {
    try Self.withFolder { folder in
      let plan = try CardFile.plan()
      try Self.write(plan, into: folder)
      let image = folder.file("card.img")
      let file = open(image.string, O_RDWR | O_CLOEXEC)
      var lock = flock()
      lock.l_type = Int16(F_RDLCK)
      lock.l_whence = Int16(SEEK_SET)
      (lock.l_start, lock.l_len) = (100, 1)
      // F_OFD_SETLK of Linux, which QEMU uses.
      try #require(fcntl(file, 37, &lock) == 0)
      #expect(throws: FileError.locked(image)) { try ImageUpdate(of: image, to: plan) }
      close(file)
      _ = try ImageUpdate(of: image, to: plan)
    }
  }

  /// Ended before each step, with what is being written half done.
  @Test func aKillAtAnyStepLeavesOldNewOrTheWayBack() throws {
    let (old, new) = (try CardFile.plan(), try CardFile.plan(kernel: 500_000))
    let (oldBytes, newBytes) = (CardFile.bytes(of: old), CardFile.bytes(of: new))
    try Self.withFolder { folder in
      try Self.write(old, into: folder)
      let kills = Mutex<[(ImageUpdate.Step, URL)]>([])
      let update = try ImageUpdate(of: folder.file("card.img"), to: new) { step in
        kills.withLock { kills in
          if let copy = try? Self.copy(folder, to: "kill\(kills.count)") {
            kills.append((step, copy))
          }
        }
      }
      try update.perform()
      let found = kills.withLock { $0 }
      #expect(found.count == 5 + update.changes.count)
      #expect(update.changes.count >= 2)
      for (step, place) in found {
        if case .write(let offset) = step { try Self.garble(place, at: offset) }
        try Self.expectWayBack(in: place, after: step, old: oldBytes, new: newBytes)
      }
    }
  }

  /// The bytes at a place become neither the old nor the new ones.
  private static func garble(_ folder: URL, at offset: UInt64) throws {
    let file = try FileHandle(forWritingTo: folder.appending(path: "card.img.partial"))
    try file.seek(toOffset: offset)
    try file.write(contentsOf: Data(repeating: 0x5A, count: 1000))
    try file.close()
  }

  private static func expectWayBack(
    in folder: URL, after step: ImageUpdate.Step, old: Data, new: Data
  ) throws {
    let names = try CardFile.names(in: folder)
    let isPartial = names == ["card.img.partial", "card.img.undo"]
    #expect(isPartial || names == ["card.img"] || names == ["card.img", "card.img.undo"])
    if !isPartial {
      let bytes = try image(in: folder)
      #expect(bytes == old || bytes == new, "before \(step)")
    }
    // Going back can be broken off as well, at each of its steps.
    var kills: [URL] = []
    let recovery = try recoverImage(at: folder.file("card.img")) { _ in
      if let copy = try? copy(folder, to: "again\(kills.count)") { kills.append(copy) }
    }
    #expect(isPartial == (recovery == .undone(folder.file("card.img"))))
    for place in kills + [folder] {
      _ = try recoverImage(at: place.file("card.img"))
      #expect(try CardFile.names(in: place) == ["card.img"])
      let bytes = try image(in: place)
      #expect(isPartial ? bytes == old : bytes == old || bytes == new, "before \(step)")
    }
  }

  /// A journal that is cut, damaged, of another image or missing undoes nothing.
  @Test(arguments: ["missing", "cut", "damaged", "another"])
  func withoutAWholeJournalNothingIsUndone(fault: String) throws {
    let (old, new) = (try CardFile.plan(), try CardFile.plan(kernel: 500_000))
    try Self.withFolder { folder in
      try Self.write(old, into: folder)
      let place = Mutex<URL?>(nil)
      try ImageUpdate(of: folder.file("card.img"), to: new) { step in
        if step == .sync { place.withLock { $0 = try? Self.copy(folder, to: "kill") } }
      }.perform()
      let kill = try #require(place.withLock { $0 })
      let journal = kill.appending(path: "card.img.undo")
      var bytes = try Data(contentsOf: journal)
      switch fault {
      case "missing": try FileManager.default.removeItem(at: journal)
      case "cut": try bytes.dropLast().write(to: journal)
      case "damaged":
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: journal)
      default: truncate(kill.appending(path: "card.img.partial").path, 15 << 20)
      }
      let recovery = try recoverImage(at: kill.file("card.img"))
      #expect(recovery == .partialDeleted(kill.file("card.img.partial")))
      #expect(recovery.diagnostic?.severity == .warning)
      #expect(try CardFile.names(in: kill) == [])
    }
  }

  @Test func aJournalAloneGoesAway() throws {
    try Self.withFolder { folder in
      try Self.write(CardFile.plan(), into: folder)
      try Data("old".utf8).write(to: folder.appending(path: "card.img.undo"))
      #expect(
        try recoverImage(at: folder.file("card.img"))
          == .journalDeleted(folder.file("card.img.undo")))
      #expect(try CardFile.names(in: folder) == ["card.img"])
      #expect(try recoverImage(at: folder.file("card.img")) == .none)
    }
  }

  /// The disk has no room for the journal, or for what was a hole: the old image is there again.
  @Test(arguments: [4 << 20, 600_000])
  func aFullDiskLeavesTheOldImage(kernel: Int) throws {
    let (old, new) = (try CardFile.plan(kernel: 4096), try CardFile.plan(kernel: kernel))
    try CardFile.withSmallDisk(kibibytes: 1024) { (folder) throws in
      try Self.write(old, into: folder)
      #expect(throws: FileError.self) {
        try ImageUpdate(of: folder.file("card.img"), to: new).perform()
      }
      let names = try CardFile.names(in: folder)
      #expect(names == ["card.img"])
      let isOld = try Self.image(in: folder) == CardFile.bytes(of: old)
      #expect(isOld)
    }
  }
}
