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

  /// Labels keep their order and their distance, whatever is drawn.
  @Test(arguments: [UInt64](1...30))
  func labelsNeverCollide(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let claims = try (0..<Int.random(in: 1...40, using: &random)).map { number in
      Claim(
        owner: "claim \(number)",
        range: try Self.range(
          0x4000_0000 + UInt64.random(in: 0..<0x3000_0000, using: &random),
          UInt64.random(in: 1..<0x400_0000, using: &random)),
        reason: "reason")
    }
    let map = MemoryMap(
      regions: [.init(name: "RAM", kind: .ram, range: try Self.range(0x4000_0000, 1 << 30))],
      claims: claims, clashes: [])
    let parser = XMLTexts(MemoryMapSVG.text(map, title: "t"))
    let places = parser.places(ofTextsBeginningWith: "claim ").sorted()
    #expect(places.count == claims.count)
    for (above, below) in zip(places, places.dropFirst()) {
      #expect(below - above >= 16.9, "seed \(seed)")
    }
  }
}

/// The texts of an SVG document.
private final class XMLTexts: NSObject, XMLParserDelegate {
  private(set) var texts: [String] = []
  private var ys: [Double] = []
  private(set) var isSound = false
  private var current: String?

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
    guard name == "text" else { return }
    current = ""
    ys.append(attributes["y"].flatMap(Double.init) ?? .nan)
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) { current? += text }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if name == "text", let text = current { texts.append(text) }
    current = nil
  }

  func places(ofTextsBeginningWith start: String) -> [Double] {
    zip(texts, ys).filter { $0.0.hasPrefix(start) }.map(\.1)
  }
}
