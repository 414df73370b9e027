import BootLog
import SeededGenerator
import Testing

@Suite struct MilestoneTrackerTests {
  static let card = """
    \0\r\nU-Boot SPL 2023.01 (Jan 09 2023)\r\nDRAM: 1024 MiB\r\nTrying to boot from MMC1\r
    \r\n\r\nU-Boot 2023.01 (Jan 09 2023) Allwinner Technology\r\nHit any key: \u{8}\u{8} 0\r
    ctboot: boot script\r\nStarting kernel ...\r\n\r
    (XEN) Xen version 4.17.5 (Debian)\r\n- UART enabled -\r
    [    0.000000] Booting Linux on physical CPU 0x0\r\r
    [    0.000000] Linux version 6.1.0-50-armmp\r\r
    ctboot: dom0 is up: Linux 6.1.0-50-armmp on xen 4.17\r\r
    / #
    """

  /// What a tracker finds in `log`, given in `pieces`; each piece comes a second after the last.
  func milestones(_ pieces: [[UInt8]]) -> [Milestone] {
    var tracker = MilestoneTracker()
    var found: [Milestone] = []
    for (second, piece) in pieces.enumerated() {
      found += tracker.consume(piece.span, at: .seconds(second)).map(\.milestone)
    }
    #expect(found == tracker.reached.map(\.milestone))
    return found
  }

  func milestones(_ log: String) -> [Milestone] { milestones([Array(log.utf8)]) }

  @Test func readsTheWholePathExceptThePrompt() {
    let path: [Milestone] = [.spl, .uBoot, .script, .xen, .kernel, .userspace]
    #expect(milestones(Self.card) == path)
  }

  @Test(arguments: 1...50)
  func chunkBordersDoNotMatter(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = random.pieces(of: Array(Self.card.utf8))
    #expect(milestones(pieces) == milestones(Self.card), "seed \(seed)")
  }

  @Test(arguments: 1...20)
  func noiseAroundLinesDoesNotMatter(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var log: [UInt8] = []
    for line in Self.card.utf8.split(separator: 0x0A) {
      log += (0..<Int.random(in: 0...5, using: &random)).map { _ in
        UInt8.random(in: 0x80...0xFF, using: &random)
      }
      log += line + [0x0A]
    }
    #expect(milestones(random.pieces(of: log)) == milestones(Self.card), "seed \(seed)")
  }

  @Test func theSPLBannerIsNotUBoot() {
    #expect(milestones("\r\nU-Boot SPL 2023.01 (Jan)\r\n") == [.spl])
    #expect(milestones("\r\n\r\nU-Boot 2023.01 (Jan)") == [.uBoot])
  }

  @Test func namesInsideALineAreNotBanners() {
    #expect(milestones("   Image Name:   U-Boot 2023.01 for sunxi\n") == [])
    #expect(milestones("bootcmd=echo ctboot: boot script\n# ctboot: dom0 is up\n") == [])
  }

  /// Each has an init that says whose it is; Xen puts a guest's name before its words.
  @Test(
    arguments: [
      "ctboot: dom0 is up: Linux 6", "ctboot: linux is up: Linux 6",
      "(XEN) DOM2: ctboot: guest is up: Linux 6",
    ])
  func userspaceOfEveryFlow(line: String) {
    #expect(milestones("Linux version 6\n\(line)\n") == [.kernel, .userspace])
  }

  @Test func anEarlierMilestoneAfterALaterOneIsIgnored() {
    #expect(
      milestones("(XEN) Xen version 4.17\nU-Boot 2023.01\nLinux version 6\n") == [
        .xen, .kernel,
      ])
  }

  @Test func aLaterMilestoneSaysNothingAboutEarlierOnes() {
    var tracker = MilestoneTracker()
    _ = tracker.consume(Array("U-Boot 2023.01\n(XEN) Xen version 4\n".utf8).span, at: .zero)
    #expect(tracker.firstMissing(of: Milestone.userspace.path(without: [.spl])) == .script)
    #expect(!tracker.hasReached(.script))
  }

  @Test func aRepeatedMilestoneCountsOnce() {
    let xen = "(XEN) Xen version 4.17\n"
    #expect(milestones(xen + xen + xen) == [.xen])
  }

  @Test func aMarkIsFoundBehindItsOwnBeginning() {
    #expect(milestones("(XEN(XEN) Xen (XEN) Xen version 4") == [.xen])
  }

  @Test func aMilestoneHasTheTimeOfItsLastByte() {
    var tracker = MilestoneTracker()
    _ = tracker.consume(Array("(XEN) Xen ver".utf8).span, at: .seconds(1))
    _ = tracker.consume(Array("sion".utf8).span, at: .seconds(2))
    #expect(tracker.reached == [MilestoneReached(.xen, at: .seconds(2))])
  }

  @Test func noBannerIsAPrompt() {
    #expect(!milestones(Self.card + "\nlogin: root\n~ # $ dom0 prompt").contains(.prompt))
  }

  @Test func aShownPromptCountsOnceAndLast() {
    var tracker = MilestoneTracker()
    let counted = [tracker.reach(.prompt, at: .zero), tracker.reach(.prompt, at: .zero)]
    let later = tracker.consume(Array(Self.card.utf8).span, at: .zero)
    #expect(counted == [true, false])
    #expect(later.isEmpty)
  }

  @Test func everyMilestoneHasItsOwnNames() {
    #expect(Set(Milestone.allCases.map(\.id)).count == Milestone.allCases.count)
    #expect(Set(Milestone.allCases.map(\.title)).count == Milestone.allCases.count)
    #expect(Milestone.script.path() == [.spl, .uBoot, .script])
    #expect(Milestone.script.path(without: [.spl]) == [.uBoot, .script])
  }
}
