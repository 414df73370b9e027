import BootImages
import Foundation
import Measures
import MemoryPlanner
import Testing
import XenBoots

/// The planner against the boots of Debian's Xen 4.17 that `Tests/xen-placement/run` has recorded.
///
/// `CTBOOT_WRITE=1 swift test --filter XenPlacementTests` writes the page made of them.
@Suite struct XenPlacementTests {
  static let top = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  struct Cell {
    let layout: PlacementLayout
    let memory: ByteCount
    let placement: Dom0Placement
    let boots: [PlacementBoot]
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: top.appending(path: path), encoding: .utf8)
  }

  /// Judged once for all tests.
  private static let judged = Result { try judgedCells() }

  static func cells() throws -> [Cell] { try judged.get() }

  /// In the order of the layouts' file.
  private static func judgedCells() throws -> [Cell] {
    let text = try Self.text("Tests/xen-placement/layouts.tsv")
    let layouts = try PlacementLayout.all(in: text)
    let boots = try PlacementBoot.all(in: try Self.text("Tests/xen-placement/recorded.tsv"))
    let zImage = try #require(boots.zImage(layouts))
    let names = text.split(separator: "\n").compactMap { $0.split(separator: " ").first }
    return try names.compactMap { layouts[String($0)] }.flatMap { layout in
      try layout.sizes.map { size in
        let memory = ByteCount.mebibytes(size)
        let own = boots.filter { $0.layout == layout.name && $0.memory == memory }
        let files = try #require(own.first, "\(layout.name):\(size) was never booted").files
        return Cell(
          layout: layout, memory: memory,
          placement: Dom0Placement(
            try layout.setup(files, version: XenVersion(major: 4, minor: 17)),
            try layout.request(memory, files, zImage: zImage)),
          boots: own)
      }
    }
  }

  @Test func noBootContradicts() throws {
    for cell in try Self.cells() {
      for boot in cell.boots {
        if let fault = boot.contradicts(cell.placement) {
          Issue.record(
            "\(cell.layout.name), \(cell.memory) of memory: \(cell.placement.word), but \(fault)")
        }
      }
    }
  }

  /// A claim that was never tried is none: five boots for each that says where dom0 will lie, in eight
  /// layouts or more.
  @Test func whatIsDeterminedWasBootedFiveTimes() throws {
    let determined = try Self.cells().filter { cell in
      if case .determined = cell.placement { return true }
      return false
    }
    for cell in determined {
      #expect(cell.boots.count >= 5, "\(cell.layout.name):\(cell.memory)")
    }
    #expect(Set(determined.map(\.layout.name)).count >= 8)
  }

  @Test func thePageIsCurrent() throws {
    let page = PlacementPage.text(of: try Self.cells())
    let url = Self.top.appending(path: "Docs/xen-placement.md")
    if ProcessInfo.processInfo.environment["CTBOOT_WRITE"] == "1" {
      try page.write(to: url, atomically: true, encoding: .utf8)
    }
    #expect(
      try Self.text("Docs/xen-placement.md") == page,
      "CTBOOT_WRITE=1 swift test --filter XenPlacementTests writes Docs/xen-placement.md")
  }
}
