import Diagnostics
import Measures
public import MemoryPlanner

/// A memory map as a drawing: addresses grow downwards, one lane for each stage of the boot, labels at
/// the right, clashes in red. Text stays text, colours follow the viewer's light or dark setting, and
/// the same map is always the same bytes.
public enum MemoryMapSVG {
  public static func text(_ map: MemoryMap, title: String) -> String {
    var drawing = Drawing(map, title: title)
    return drawing.text()
  }
}

/// The drawing while it is made.
///
/// ```
///   | addresses |  lanes   |  lines  | address |   size | name  why                |
///   0        axisX      right     labelX           sizeX nameX                 width
/// ```
private struct Drawing {
  private static let lineHeight = 17.0
  private static let margin = 24.0
  private static let labelGap = 46.0
  private static let top = 96.0
  /// The width of a letter; fonts differ a little.
  private static let letter = 8.0
  /// How many letters stand side by side behind addresses and sizes, and below the drawing.
  private static let nameLetters = 76
  /// What is smaller is still seen.
  private static let thinnest = 2.5
  /// Lanes together hold what is written across them.
  private static let narrowestLanes = 216.0

  private let map: MemoryMap
  private let title: String
  private let stages: [Claim.Stage]
  private let axis: MapAxis
  private let laneWidth: Double
  private let axisX: Double
  private let sizeX: Double
  private var labels: [MapLabel] = []
  private var canvas = SVGCanvas()

  init(_ map: MemoryMap, title: String) {
    self.map = map
    self.title = title
    stages = Claim.Stage.allCases.filter { stage in
      stage == .loading || !map.claims(at: stage).isEmpty
    }
    laneWidth = max(96, Self.narrowestLanes / Double(stages.count))
    let labelled = MapLabel.all(of: map, stages: stages, letters: Self.nameLetters)
    let ranges = map.regions.map(\.range) + map.claims.map(\.range) + map.clashes.map(\.range)
    let heights = Dictionary(
      labelled.map { ($0.range, Double($0.lines.count) * Self.lineHeight) }, uniquingKeysWith: +)
    // A range that is drawn twice brings all of its labels where it is met first.
    var met: Set<AddressRange> = []
    axis = MapAxis(
      ranges, ram: map.regions.filter { $0.kind == .ram }.map(\.range),
      labels: { met.insert($0).inserted ? heights[$0] ?? 0 : 0 },
      top: Self.top, lineHeight: Self.lineHeight, ramHeight: 620)
    func letters(_ texts: [String]) -> Double {
      Double(texts.map(\.count).max() ?? 0) * Self.letter
    }
    let addresses = letters(ranges.flatMap { [$0.start.description, $0.end.description] })
    axisX = Self.margin + addresses + 8
    sizeX =
      axisX + Double(stages.count) * laneWidth + Self.labelGap + addresses
      + letters(ranges.map(\.size.description)) + 2 * Self.letter
    labels = place(labelled)
  }

  private var right: Double { x(of: stages.count) }
  private var labelX: Double { right + Self.labelGap }
  private var nameX: Double { sizeX + 2 * Self.letter }
  private var width: Double {
    nameX + Double(Self.nameLetters) * Self.letter + Self.margin
  }

  private func x(of lane: Int) -> Double { axisX + Double(lane) * laneWidth }

  mutating func text() -> String {
    canvas.text(Self.margin, 34, title, "title")
    canvas.text(Self.margin, 56, summary, map.clashes.isEmpty ? "note" : "bad")
    for (lane, stage) in stages.enumerated() {
      canvas.text(
        x(of: lane) + laneWidth / 2, Self.top - 14, stage.lane, "lane", anchor: "middle")
    }
    for (index, stretch) in axis.stretches.enumerated() {
      draw(stretch, before: index + 1 < axis.stretches.count ? axis.stretches[index + 1] : nil)
    }
    for region in map.regions { draw(region) }
    for claim in map.claims { draw(claim) }
    for clash in map.clashes { draw(clash) }
    for label in labels { draw(label) }
    let bottom = drawNotes()
    return canvas.document(width: width, height: bottom + Self.margin, title: title)
  }

  private var summary: String {
    switch map.clashes.count {
    case 0: "nothing clashes"
    case 1: "1 clash"
    default: "\(map.clashes.count) clashes"
    }
  }

  private mutating func draw(_ stretch: MapAxis.Stretch, before next: MapAxis.Stretch?) {
    canvas.rect(axisX, stretch.top, right - axisX, stretch.height, "empty")
    canvas.text(
      axisX - 8, stretch.top + 4, stretch.range.start.description, "address", anchor: "end")
    canvas.text(
      axisX - 8, stretch.bottom + 4, stretch.range.end.description, "address", anchor: "end")
    guard let next else { return }
    let middle = stretch.bottom + MapAxis.breakHeight * 0.3
    var points: [(Double, Double)] = []
    var x = axisX
    var up = true
    while x <= right {
      points.append((x, middle + (up ? -3 : 3)))
      x += 8
      up.toggle()
    }
    canvas.line(points, "break")
    let hole = ByteCount(next.range.start.rawValue - stretch.range.end.rawValue)
    canvas.text((axisX + right) / 2, middle + 16, "\(hole) left out", "note", anchor: "middle")
  }

  private mutating func draw(_ region: MemoryMap.Region) {
    guard let place = axis.place(region.range) else { return }
    canvas.rect(
      axisX, place.top, right - axisX, max(place.bottom - place.top, Self.thinnest),
      "region \(region.kind.rawValue)", tip: "\(region.name) \(region.range)")
  }

  private mutating func draw(_ claim: Claim) {
    guard let place = axis.place(claim.range), let lane = stages.firstIndex(of: claim.stage)
    else { return }
    canvas.rect(
      x(of: lane) + 3, place.top, laneWidth - 6, max(place.bottom - place.top, Self.thinnest),
      "claim \(claim.kind.rawValue)", tip: "\(claim.owner) \(claim.range): \(claim.reason)")
  }

  private mutating func draw(_ clash: MemoryMap.Clash) {
    guard let place = axis.place(clash.range), let lane = stages.firstIndex(of: clash.claim.stage)
    else { return }
    canvas.rect(
      x(of: lane) - 2, place.top - 1, laneWidth + 4,
      max(place.bottom - place.top, Self.thinnest) + 2, "clash", tip: clash.message)
  }

  /// Labels in the order of what they stand beside, as near to it as there is room.
  private func place(_ labels: [MapLabel]) -> [MapLabel] {
    var placed: [MapLabel] = labels.compactMap { label in
      guard let place = axis.place(label.range) else { return nil }
      var label = label
      // RAM is everywhere behind the claims: its name stands at its beginning.
      label.from = label.isAtStart ? place.top : (place.top + place.bottom) / 2
      return label
    }
    placed.sort { ($0.from, $0.lane, $0.name) < ($1.from, $1.lane, $1.name) }
    let places = MapLabels.places(
      placed.map(\.from), heights: placed.map { Double($0.lines.count) * Self.lineHeight },
      top: Self.top)
    for (index, y) in zip(placed.indices, places) { placed[index].y = y }
    return placed
  }

  private mutating func draw(_ label: MapLabel) {
    let fromX = x(of: label.lane) - (label.lane == stages.count ? 0 : 3)
    canvas.line(
      [
        (fromX, label.from), (right + 4, label.from), (labelX - 12, label.y), (labelX - 4, label.y),
      ],
      "lead")
    canvas.text(labelX, label.y + 4, label.range.start.description, "address")
    canvas.text(sizeX, label.y + 4, label.range.size.description, "address", anchor: "end")
    for (index, line) in label.lines.enumerated() {
      let y = label.y + 4 + Double(index) * Self.lineHeight
      var x = nameX
      if let name = line.name {
        canvas.text(x, y, name, label.isBad ? "bad" : "name")
        x += Double(TerminalWidth.of(name)) * Self.letter
      }
      if let reason = line.reason { canvas.text(x + 2 * Self.letter, y, reason, "note") }
    }
  }

  /// What is said below the drawing.
  ///
  /// - Returns: where it ends.
  private mutating func drawNotes() -> Double {
    let last = labels.last.map { $0.y + Double($0.lines.count - 1) * Self.lineHeight } ?? 0
    var y = max(axis.bottom, last) + 40
    var notes: [(text: String, style: String)] = []
    if let dom0 = map.dom0 {
      let style = if case .cannotFit = dom0 { "bad" } else { "note" }
      notes.append(("dom0: \(dom0.sentence)", style))
      if let sizes = map.sizesOfDom0 { notes.append((sizes, "note")) }
    }
    for clash in map.clashes {
      let cure = clash.nearest.map { "; it would fit at \($0)" } ?? ""
      notes.append((clash.message + cure, "bad"))
    }
    let letters = Int((width - 2 * Self.margin) / Self.letter)
    for note in notes {
      for line in WrappedText.lines(note.text, letters: letters) {
        canvas.text(Self.margin, y, line, note.style)
        y += Self.lineHeight
      }
    }
    return y
  }
}
