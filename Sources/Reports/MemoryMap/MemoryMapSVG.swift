import Diagnostics
import Measures
public import MemoryPlanner

/// A memory map as a drawing: addresses grow downwards, one lane for each stage of the boot, labels at
/// the right, clashes in red. Text stays text, colours follow the viewer's light or dark setting, and
/// the same map is always the same bytes.
public enum MemoryMapSVG {
  public static func text(_ map: MemoryMap, title: String) -> String {
    Drawing(map, title: title).text
  }
}

/// The drawing while it is made.
private struct Drawing {
  private static let lineHeight = 17.0
  private static let axisX = 110.0
  private static let laneWidth = 96.0
  private static let labelGap = 46.0
  private static let width = 1160.0
  private static let top = 96.0
  /// The width of a letter; fonts differ a little.
  private static let letter = 8.0
  /// What is smaller is still seen.
  private static let thinnest = 2.5

  private let map: MemoryMap
  private let title: String
  private let stages: [Claim.Stage]
  private let axis: MapAxis
  private var canvas = SVGCanvas()

  init(_ map: MemoryMap, title: String) {
    self.map = map
    self.title = title
    stages = Claim.Stage.allCases.filter { stage in
      stage == .loading || !map.claims(at: stage).isEmpty
    }
    let ranges = map.regions.map(\.range) + map.claims.map(\.range) + map.clashes.map(\.range)
    let ram = map.regions.filter { $0.kind == .ram }.map(\.range)
    // A range that is drawn twice has its label twice, but counts where it is met first.
    let labelled = map.claims.map(\.range) + map.regions.map(\.range)
    axis = MapAxis(
      ranges, ram: ram, labels: { range in labelled.contains(range) ? 1 : 0 }, top: Self.top,
      lineHeight: Self.lineHeight, ramHeight: 620)
  }

  private var labelX: Double {
    Self.axisX + Double(stages.count) * Self.laneWidth + Self.labelGap
  }

  var text: String {
    var drawing = self
    drawing.draw()
    return drawing.canvas.document(
      width: Self.width, height: drawing.height, title: title)
  }

  private var height: Double {
    let notes = Double(map.clashes.count + (map.dom0 == nil ? 0 : 1)) * Self.lineHeight
    return max(axis.bottom, labelBottom) + 60 + notes
  }

  private var labelBottom: Double { labels.map { $0.y }.max() ?? 0 }

  private mutating func draw() {
    canvas.text(24, 34, title, "title")
    canvas.text(24, 56, summary, map.clashes.isEmpty ? "note" : "bad")
    for (lane, stage) in stages.enumerated() {
      canvas.text(
        x(of: lane) + Self.laneWidth / 2, Self.top - 14, stage.lane, "lane", anchor: "middle")
    }
    for (index, stretch) in axis.stretches.enumerated() {
      draw(stretch, before: index + 1 < axis.stretches.count ? axis.stretches[index + 1] : nil)
    }
    for region in map.regions { draw(region) }
    for claim in map.claims { draw(claim) }
    for clash in map.clashes { draw(clash) }
    for label in labels { draw(label) }
    drawNotes()
  }

  private var summary: String {
    switch map.clashes.count {
    case 0: "nothing clashes"
    case 1: "1 clash"
    default: "\(map.clashes.count) clashes"
    }
  }

  private func x(of lane: Int) -> Double { Self.axisX + Double(lane) * Self.laneWidth }

  private mutating func draw(_ stretch: MapAxis.Stretch, before next: MapAxis.Stretch?) {
    let right = x(of: stages.count)
    canvas.rect(Self.axisX, stretch.top, right - Self.axisX, stretch.height, "empty")
    canvas.text(
      Self.axisX - 8, stretch.top + 4, stretch.range.start.description, "address", anchor: "end")
    canvas.text(
      Self.axisX - 8, stretch.bottom + 4, stretch.range.end.description, "address", anchor: "end")
    guard let next else { return }
    let middle = stretch.bottom + MapAxis.breakHeight * 0.3
    var points: [(Double, Double)] = []
    var x = Self.axisX
    var up = true
    while x <= right {
      points.append((x, middle + (up ? -3 : 3)))
      x += 8
      up.toggle()
    }
    canvas.line(points, "break")
    let hole = ByteCount(next.range.start.rawValue - stretch.range.end.rawValue)
    canvas.text(
      (Self.axisX + right) / 2, middle + 16, "\(hole) left out", "note", anchor: "middle")
  }

  private mutating func draw(_ region: MemoryMap.Region) {
    guard let place = axis.place(region.range) else { return }
    canvas.rect(
      Self.axisX, place.top, x(of: stages.count) - Self.axisX,
      max(place.bottom - place.top, Self.thinnest), "region \(region.kind.rawValue)",
      tip: "\(region.name) \(region.range)")
  }

  private mutating func draw(_ claim: Claim) {
    guard let place = axis.place(claim.range), let lane = stages.firstIndex(of: claim.stage)
    else { return }
    canvas.rect(
      x(of: lane) + 3, place.top, Self.laneWidth - 6,
      max(place.bottom - place.top, Self.thinnest), "claim \(claim.kind.rawValue)",
      tip: "\(claim.owner) \(claim.range): \(claim.reason)")
  }

  private mutating func draw(_ clash: MemoryMap.Clash) {
    guard let place = axis.place(clash.range), let lane = stages.firstIndex(of: clash.claim.stage)
    else { return }
    canvas.rect(
      x(of: lane) - 2, place.top - 1, Self.laneWidth + 4,
      max(place.bottom - place.top, Self.thinnest) + 2, "clash", tip: clash.message)
  }

  private struct Label {
    /// Where the line to it begins.
    let fromX: Double
    let fromY: Double
    let y: Double
    let range: String
    let name: String
    let detail: String
    let kind: String
  }

  /// One for each claim and region, in the order of addresses; those of a stretch beside it.
  private var labels: [Label] {
    struct Wanted {
      let y: Double
      let lane: Int
      let range: AddressRange
      let name: String
      let detail: String
      let kind: String
    }
    let bad = Set(map.clashes.flatMap { [$0.claim, $0.other].compactMap { $0 } })
    var wanted: [Wanted] = map.regions.compactMap { region in
      guard let place = axis.place(region.range) else { return nil }
      // RAM is everywhere behind the claims: its name stands at its beginning.
      let y = region.kind == .ram ? place.top : (place.top + place.bottom) / 2
      return Wanted(
        y: y, lane: stages.count, range: region.range, name: region.name, detail: "",
        kind: "region")
    }
    wanted += map.claims.compactMap { claim in
      guard let place = axis.place(claim.range), let lane = stages.firstIndex(of: claim.stage)
      else { return nil }
      return Wanted(
        y: (place.top + place.bottom) / 2, lane: lane + 1, range: claim.range, name: claim.owner,
        detail: claim.reason, kind: bad.contains(claim) ? "bad" : claim.kind.rawValue)
    }
    wanted.sort { ($0.y, $0.lane, $0.name) < ($1.y, $1.lane, $1.name) }
    let places = MapLabels.places(
      wanted.map(\.y), height: Self.lineHeight, top: Self.top)
    return zip(wanted, places).map { wanted, y in
      Label(
        fromX: x(of: wanted.lane) - (wanted.lane == stages.count ? 0 : 3), fromY: wanted.y, y: y,
        range: "\(wanted.range.start)  \(wanted.range.size)", name: wanted.name,
        detail: wanted.detail, kind: wanted.kind)
    }
  }

  private mutating func draw(_ label: Label) {
    let right = x(of: stages.count)
    canvas.line(
      [
        (label.fromX, label.fromY), (right + 4, label.fromY), (labelX - 12, label.y),
        (labelX - 4, label.y),
      ], "lead")
    canvas.text(labelX, label.y + 4, label.range, "address")
    canvas.text(labelX + 180, label.y + 4, label.name, label.kind == "bad" ? "bad" : "name")
    // What does not fit any more is in the tip of the rectangle.
    let used = labelX + 180 + Double(label.name.count + 2) * Self.letter
    let letters = Int((Self.width - 20 - used) / Self.letter)
    guard letters > 12, !label.detail.isEmpty else { return }
    canvas.text(used, label.y + 4, Self.cut(label.detail, to: letters), "note")
  }

  private static func cut(_ text: String, to letters: Int) -> String {
    text.count <= letters ? text : text.prefix(letters - 1) + "…"
  }

  private mutating func drawNotes() {
    var y = max(axis.bottom, labelBottom) + 40
    if let dom0 = map.dom0 {
      canvas.text(24, y, "dom0: \(dom0.sentence)", "note")
      y += Self.lineHeight
    }
    for clash in map.clashes {
      let cure = clash.nearest.map { "; it would fit at \($0)" } ?? ""
      canvas.text(24, y, clash.message + cure, "bad")
      y += Self.lineHeight
    }
  }
}
