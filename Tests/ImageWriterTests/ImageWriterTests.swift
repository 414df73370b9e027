import Diagnostics
import Files
import Foundation
import ImagePlan
import ImageWriter
import Measures
import OutsideTools
import SystemPackage
import Testing

/// A planned card becomes a file: all of it or nothing.
@Suite struct ImageWriterTests {
  private func write(_ plan: ImagePlan, manifest: [UInt8] = [1], into folder: URL) throws {
    var set = AtomicFileSet()
    try set.add(plan, as: folder.file("card.img"))
    try set.add(manifest, as: folder.file("manifest.json"))
    try set.commit()
  }

  @Test func theFileIsThePlan() throws {
    let plan = try CardFile.plan()
    try OutsideTool.withTemporaryFolder { (folder) throws in
      try write(plan, into: folder)
      let image = folder.appendingPathComponent("card.img")
      let isSame = try Data(contentsOf: image) == CardFile.bytes(of: plan)
      #expect(isSame)
      #expect(try CardFile.names(in: folder) == ["card.img", "manifest.json"])
    }
  }

  @Test func holesTakeNoSpace() throws {
    let plan = try CardFile.plan()
    try OutsideTool.withTemporaryFolder { (folder) throws in
      try write(plan, into: folder)
      let space = CardFile.space(of: folder.appendingPathComponent("card.img"))
      // Every piece may begin and end within a block of 4 KiB of its own.
      #expect(space >= 1 << 20)
      #expect(space <= Int(plan.written.rawValue) + plan.pieces.count * 8192)
    }
  }

  @Test func anEarlierImageIsReplaced() throws {
    try OutsideTool.withTemporaryFolder { (folder) throws in
      let image = folder.appendingPathComponent("card.img")
      try Data(repeating: 0xEE, count: 20 << 20).write(to: image)
      let plan = try CardFile.plan()
      try write(plan, into: folder)
      let isSame = try Data(contentsOf: image) == CardFile.bytes(of: plan)
      #expect(isSame)
    }
  }

  @Test func withoutCommitNothingChanges() throws {
    try OutsideTool.withTemporaryFolder { (folder) throws in
      let image = folder.appendingPathComponent("card.img")
      try Data("earlier".utf8).write(to: image)
      do {
        var set = AtomicFileSet()
        try set.add(CardFile.plan(), as: folder.file("card.img"))
        #expect(try CardFile.names(in: folder).count == 2)
      }
      #expect(try CardFile.names(in: folder) == ["card.img"])
      #expect(try String(contentsOf: image, encoding: .utf8) == "earlier")
    }
  }

  /// The image fits, what comes after it does not.
  @Test func aLaterFileThatDoesNotFit() throws {
    try CardFile.withSmallDisk(kibibytes: 2048) { (folder) throws in
      try Data("earlier".utf8).write(to: folder.appendingPathComponent("card.img"))
      let manifest = [UInt8](repeating: 7, count: 2 << 20)
      let error = #expect(throws: FileError.self) {
        try write(CardFile.plan(), manifest: manifest, into: folder)
      }
      #expect(
        error?.diagnostic.message
          == "no space left for 2 MiB on the disk that holds \(folder.file("manifest.json"))")
      #expect(try CardFile.names(in: folder) == ["card.img"])
      let left = try String(
        contentsOf: folder.appendingPathComponent("card.img"), encoding: .utf8)
      #expect(left == "earlier")
    }
  }

  @Test func anImageThatDoesNotFit() throws {
    try CardFile.withSmallDisk(kibibytes: 512) { (folder) throws in
      try Data("earlier".utf8).write(to: folder.appendingPathComponent("card.img"))
      let error = #expect(throws: FileError.self) {
        try write(CardFile.plan(), into: folder)
      }
      #expect(
        error?.diagnostic.message.hasSuffix("on the disk that holds \(folder.file("card.img"))")
          == true)
      #expect(try CardFile.names(in: folder) == ["card.img"])
    }
  }

  @Test func aFolderThatIsNotThere() throws {
    try OutsideTool.withTemporaryFolder { (folder) throws in
      let target = folder.file("none/card.img")
      let error = #expect(throws: FileError.self) {
        var set = AtomicFileSet()
        try set.add(CardFile.plan(), as: target)
        try set.commit()
      }
      #expect(
        error?.diagnostic.message == "the folder that shall hold \(target) does not exist")
    }
  }
}
