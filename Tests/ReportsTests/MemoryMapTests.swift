import Diagnostics
import Foundation
import FoundationXML
import Measures
import MemoryPlanner
import Reports
import SeededGenerator
import Testing

/// Memory maps as text, JSON and drawings.
@Suite struct MemoryMapTests {
  private static func range(_ start: UInt64, _ size: UInt64) throws -> AddressRange {
    try #require(AddressRange(start: Address(start), size: ByteCount(size)))
  }

  /// A small board on which the kernel lies over the tree.
  private static func map(clashes: Bool) throws -> MemoryMap {
    let kernel = Claim(
      owner: "the dom0 kernel", range: try range(0x4400_0000, 0x53_2200), reason: "its file",
      kind: .kernel)
    let tree = Claim(
      owner: "the device tree", range: try range(0x4430_0000, 0x9000),
      reason: "the file, before U-Boot moves it", kind: .tree)
    let clash = MemoryMap.Clash(
      claim: kernel, other: tree, range: try range(0x4430_0000, 0x9000),
      nearest: Address(0x4440_0000))
    return MemoryMap(
      regions: [
        .init(name: "RAM", kind: .ram, range: try range(0x4000_0000, 1 << 30)),
        .init(name: "SRAM B", kind: .sram, range: try range(0x2_0000, 0x1_0000)),
        .init(name: "mmc0 <\"&>", kind: .registers, range: try range(0x1C0_F000, 0x1000)),
      ],
      claims: [kernel, tree], clashes: clashes ? [clash] : [])
  }

  @Test func textNamesBothOwners() throws {
    let text = MemoryMapText.text(try Self.map(clashes: true))
    #expect(text.contains("1 clash"))
    #expect(text.contains("the dom0 kernel") && text.contains("the device tree"))
    #expect(text.contains("0x44400000"))
    #expect(!MemoryMapText.text(try Self.map(clashes: false)).contains("clash"))
  }

  @Test func jsonIsWhatProgramsRead() throws {
    let text = try JSONText.text(MemoryMapRecord(try Self.map(clashes: true)))
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let claims = try #require(json["claims"] as? [[String: Any]])
    #expect(claims.map { $0["kind"] as? String } == ["kernel", "tree"])
    #expect((json["clashes"] as? [[String: Any]])?.first?["nearest"] as? String == "0x44400000")
    #expect(json["dom0"] == nil)
  }

  /// Where dom0 comes to lie by chance, sizes are told that every boot places alike.
  @Test func sizesThatAreDetermined() throws {
    func map(_ sizes: [ByteCount]?) -> MemoryMap {
      MemoryMap(
        regions: [], claims: [], clashes: [], dom0: .mayFail(.unknownVersion),
        determinedSizes: sizes)
    }
    func lines(_ sizes: [ByteCount]?) -> [String] {
      MemoryMapText.text(map(sizes)).split(separator: "\n").dropFirst(3).map(String.init)
    }
    #expect(
      lines([.mebibytes(128), .gibibytes(1)])
        == ["  sizes of its memory that are determined: 128 MiB, 1 GiB"])
    #expect(lines([]) == ["  no size of its memory that was tried is determined"])
    #expect(lines(nil) == [])
    let drawing = MemoryMapSVG.text(map([.mebibytes(128)]), title: "x")
    #expect(XMLTexts(drawing).texts.contains("sizes of its memory that are determined: 128 MiB"))
    let json = try JSONText.text(MemoryMapRecord(map([.mebibytes(128)])))
    #expect(json.contains(/"determinedSizes" ?: \[\s*134217728\s*\]/))
    #expect(!(try JSONText.text(MemoryMapRecord(map(nil)))).contains("determinedSizes"))
  }

  @Test func theDrawingIsXMLAndAlwaysTheSame() throws {
    let map = try Self.map(clashes: true)
    let first = MemoryMapSVG.text(map, title: "a & b")
    #expect(first == MemoryMapSVG.text(map, title: "a & b"))
    let parser = XMLTexts(first)
    #expect(parser.isSound)
    #expect(parser.texts.contains("mmc0 <\"&>"))
    #expect(parser.texts.contains("the dom0 kernel"))
    #expect(first.contains("class=\"clash\""))
    #expect(!MemoryMapSVG.text(try Self.map(clashes: false), title: "x").contains("\"clash\""))
  }

  /// Whatever is drawn, no text lies over another, and none leaves the picture or is cut off.
  @Test(arguments: [UInt64](1...40))
  func textsNeverCollide(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    func words(_ count: Int) -> String {
      (0..<count).map { _ in
        String(repeating: "m", count: .random(in: 1...(seed % 5 == 0 ? 120 : 12), using: &random))
      }.joined(separator: " ")
    }
    // A map with a clash has one lane.
    let stages = seed % 3 == 0 ? [.loading] : Claim.Stage.allCases
    // Now and then far above all RAM, as a typing mistake has it.
    let far: [UInt64] = [
      0x4000_0000, 0x4000_0000, 0x4000_0000, 0x1_0000_0000, 0xFFFF_FFF0_0000_0000,
    ]
    let claims = try (0..<Int.random(in: 1...40, using: &random)).map { number in
      let base = try #require(far.randomElement(using: &random))
      return Claim(
        owner: "claim \(number) \(words(.random(in: 0...6, using: &random)))",
        range: try Self.range(
          base + UInt64.random(in: 0..<0x3000_0000, using: &random),
          UInt64.random(in: 1..<0x400_0000, using: &random)),
        reason: words(.random(in: 0...30, using: &random)),
        stage: stages.randomElement(using: &random) ?? .loading)
    }
    let clashes = claims.prefix(.random(in: 0...3, using: &random)).map {
      MemoryMap.Clash(claim: $0, other: nil, range: $0.range, nearest: 0x4000_0000)
    }
    let map = MemoryMap(
      regions: [
        .init(name: "RAM", kind: .ram, range: try Self.range(0x4000_0000, 1 << 30)),
        .init(name: "SRAM", kind: .sram, range: try Self.range(0, 0x1_0000)),
      ],
      claims: claims, clashes: clashes)
    let parser = XMLTexts(MemoryMapSVG.text(map, title: "t"))
    let boxes = parser.boxes.sorted { $0.top < $1.top }
    for box in boxes {
      #expect(box.left >= 0 && box.right <= parser.width, "seed \(seed): \(box.text)")
      #expect(box.top >= 0 && box.bottom <= parser.height, "seed \(seed): \(box.text)")
    }
    for (index, box) in boxes.enumerated() {
      for other in boxes[(index + 1)...].prefix(while: { $0.top < box.bottom }) {
        #expect(
          other.left >= box.right || box.left >= other.right,
          "seed \(seed): \(box.text) and \(other.text)")
      }
    }
    // All words of all labels are there; `dom0` heads its lane.
    let letters = parser.texts.filter { $0 != "dom0" }.joined().filter { $0 == "m" }.count
    let wanted = claims.map { $0.owner + $0.reason }.joined().filter { $0 == "m" }.count
    let below = clashes.map(\.message).joined().filter { $0 == "m" }.count
    #expect(letters == wanted + below, "seed \(seed)")
  }
}

/// The texts of an SVG document, and about where they are seen.
private final class XMLTexts: NSObject, XMLParserDelegate {
  struct Box {
    let text: String
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double
  }

  private(set) var boxes: [Box] = []
  var texts: [String] { boxes.map(\.text) }
  private(set) var isSound = false
  private(set) var width = 0.0
  private(set) var height = 0.0
  private var current: (text: String, attributes: [String: String])?

  init(_ document: String) {
    super.init()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = self
    isSound = parser.parse()
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    func number(_ key: String) -> Double { attributes[key].flatMap(Double.init) ?? .nan }
    if name == "svg" { (width, height) = (number("width"), number("height")) }
    if name == "text" { current = ("", attributes) }
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) { current?.text += text }

  /// A letter of 13 px is 7.8 px wide, and reaches 10 px above its line and 3 px below.
  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    guard name == "text", let (text, attributes) = current else { return }
    current = nil
    let scale = attributes["class"] == "title" ? 18.0 / 13 : 1
    let length = Double(text.count) * 7.83 * scale
    let x = attributes["x"].flatMap(Double.init) ?? .nan
    let y = attributes["y"].flatMap(Double.init) ?? .nan
    let left =
      switch attributes["text-anchor"] {
      case "end": x - length
      case "middle": x - length / 2
      default: x
      }
    boxes.append(
      Box(
        text: text, left: left, right: left + length, top: y - 10 * scale, bottom: y + 3 * scale))
  }
}
