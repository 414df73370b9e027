import DeviceTree
import Diagnostics
import Measures

/// Memory reservations that share memory, or have none.
enum FDTRsvOverlap: TreeRule {
  static let card = RuleCard(
    id: "fdt-rsv-overlap", family: .structure, severity: .warning,
    summary: "memory reservations overlap, are empty, or run past the last address",
    why: """
      Two owners of the same memory are a mistake of one of them: a script.bin, a frame buffer or a
      firmware that moved. An entry without a size keeps nothing, and one that wraps keeps
      everything or nothing, as the reader's arithmetic has it.
      """,
    evidence: .tolerated(version: "4.17.5"),
    source: "Devicetree Specification v0.4, section 5.3",
    bad: [
      "/memreserve/ 0x43000000 0x10000; /memreserve/ 0x43008000 0x1000; / { };",
      "/memreserve/ 0x43000000 0; / { };",
      "/memreserve/ 0xfffffffffffff000 0x2000; / { };",
    ],
    good: ["/memreserve/ 0x43000000 0x10000; /memreserve/ 0x43010000 0x1000; / { };"])

  static func check(_ context: LintContext, _ findings: inout Findings) {
    let reservations = context.tree.reservations
    guard !reservations.isEmpty else { return }
    var ranges: [(range: AddressRange, offset: Int)] = []
    for (entry, offset) in reservations {
      guard let range = AddressRange(start: entry.address, size: entry.size) else {
        findings.report(
          "the reservation at \(entry.address) runs past the last address", atOffset: offset,
          help: "correct its size, \(hex(entry.size.rawValue))")
        continue
      }
      if range.isEmpty {
        findings.report(
          "the reservation at \(entry.address) is empty", atOffset: offset,
          help: "give it a size, or take it out")
      } else {
        ranges.append((range, offset))
      }
    }
    ranges.sort { ($0.range.start, $0.offset) < ($1.range.start, $1.offset) }
    // The one that reaches furthest of those before.
    var furthest: AddressRange?
    for (range, offset) in ranges {
      guard let before = furthest else {
        furthest = range
        continue
      }
      if before.overlaps(range) {
        findings.report(
          "the reservation \(range) overlaps that of \(before)", atOffset: offset,
          help: "keep one of them, or give each its own memory")
      }
      if range.end > before.end { furthest = range }
    }
  }
}
