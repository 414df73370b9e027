/// What has to be true of an overlay before `fdt_overlay_apply` may see it. It trusts the fixups:
/// an offset behind a value's end makes it read, and one near 2^32 makes it write, outside the
/// overlay; a path that is an alias can send it in circles; and what the fixups change can be the
/// fixups themselves.
///
/// ```
/// fragment@0 { target = <0xffffffff>; __overlay__ { clocks = <0xffffffff 3>; child { … }; }; };
/// __fixups__ { ccu = "/fragment@0:target:0", "/fragment@0/__overlay__:clocks:0"; };
/// __local_fixups__ { fragment@0 { __overlay__ { child { gpio = <0>; }; }; }; };
/// ```
///
/// Places are looked up by libfdt's own functions, so that what is checked is what it will use.
/// Source: libfdt `fdt_overlay.c` as of dtc 1.6.1 and 1.8.1.
struct OverlayCheck {
  let overlay: FlatView
  let base: FlatView

  /// libfdt searches both trees from their roots for each fixup, so that many of them cost the
  /// square of their number. Overlays in use have a few dozen.
  static let mostFixups = 1 << 14

  private static let metadata = ["__fixups__", "__local_fixups__", "__symbols__"]
  private static let phandles = ["phandle", "linux,phandle"]

  func check() throws(OverlayFault) {
    for name in Self.metadata { try refusePhandles(in: name) }
    for fragment in overlay.children(of: 0) {
      if let path = overlay.value("target-path".utf8, of: fragment), !path.isAbsolutePath {
        throw .malformedTargetPath(fragment: "/" + overlay.name(of: fragment).text)
      }
    }
    var count = 0
    try checkFixups(&count)
    try checkLocalFixups(&count)
  }

  /// libfdt first adds the same number to every phandle of the overlay, wherever it stands; within
  /// the lists of fixups that would change what is checked here.
  private func refusePhandles(in name: String) throws(OverlayFault) {
    let top = overlay.node(at: "/\(name)".utf8)
    guard top >= 0 else { return }
    var waiting = [top]
    while let node = waiting.popLast() {
      for phandle in Self.phandles where overlay.length(phandle.utf8, of: node) != nil {
        throw .fixupOfMetadata(node: "/" + name, property: phandle)
      }
      waiting += overlay.children(of: node)
    }
  }

  private func checkFixups(_ count: inout Int) throws(OverlayFault) {
    let fixups = overlay.node(at: "/__fixups__".utf8)
    guard fixups >= 0 else { return }
    let lists = overlay.properties(of: fixups)
    guard !lists.isEmpty else { return }
    let symbols = base.node(at: "/__symbols__".utf8)
    guard symbols >= 0 else { throw .noSymbols }
    for (name, list) in lists {
      let label = name.text
      guard let symbol = base.value(name, of: symbols) else { throw .unknownLabel(label) }
      guard symbol.isAbsolutePath else { throw .malformedSymbol(label) }
      guard list.last == 0 else { throw .unterminatedFixups(label: label) }
      for entry in list.dropLast().split(separator: 0, omittingEmptySubsequences: false) {
        let parts = entry.split(
          separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].first == UInt8(ascii: "/"), !parts[1].isEmpty,
          let offset = parts[2].decimalNumber
        else { throw .malformedFixup(label: label, entry: Array(entry).text) }
        let (path, property) = (Array(parts[0]), Array(parts[1]))
        let node = overlay.node(at: path)
        guard node >= 0 else {
          throw .fixupOfNothing(node: path.text, property: property.text)
        }
        try refuseMetadata(path, property)
        try check(offset, property, of: node, path)
        try Self.countUp(&count)
      }
    }
  }

  /// The nodes of `__local_fixups__` are those of the tree, and their properties list offsets.
  private func checkLocalFixups(_ count: inout Int) throws(OverlayFault) {
    let fixups = overlay.node(at: "/__local_fixups__".utf8)
    guard fixups >= 0 else { return }
    var waiting = [(fixups: fixups, node: Int32(0), path: [UInt8]())]
    while let (fixups, node, path) = waiting.popLast() {
      let shown = path.isEmpty ? Array("/".utf8) : path
      for (property, offsets) in overlay.properties(of: fixups) {
        guard offsets.count.isMultiple(of: 4) else {
          throw .malformedLocalFixups(node: shown.text, property: property.text)
        }
        try refuseMetadata(path, property)
        for start in stride(from: 0, to: offsets.count, by: 4) {
          let offset = offsets[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
          try check(offset, property, of: node, shown)
          try Self.countUp(&count)
        }
        // libfdt wants the property even where no offset is listed.
        guard overlay.length(property, of: node) != nil else {
          throw .fixupOfNothing(node: shown.text, property: property.text)
        }
      }
      for child in overlay.children(of: fixups) {
        let name = overlay.name(of: child)
        let target = overlay.child(name, of: node)
        let below = path + [UInt8(ascii: "/")] + name
        guard target >= 0 else { throw .fixupOfNothing(node: below.text, property: "all") }
        waiting.append((child, target, below))
      }
    }
  }

  private func check(
    _ offset: UInt32, _ property: [UInt8], of node: Int32, _ path: [UInt8]
  ) throws(OverlayFault) {
    guard let length = overlay.length(property, of: node) else {
      throw .fixupOfNothing(node: path.text, property: property.text)
    }
    guard UInt64(offset) + 4 <= UInt64(length) else {
      throw .fixupOutsideValue(
        node: path.text, property: property.text, offset: offset, length: length)
    }
  }

  /// Fixups are for fragments: for what they put into the tree, and for `target`.
  private func refuseMetadata(_ path: [UInt8], _ property: [UInt8]) throws(OverlayFault) {
    let steps = path.split(separator: UInt8(ascii: "/"))
    let top = steps.first?.prefix { $0 != UInt8(ascii: "@") } ?? []
    let isMetadata =
      Self.metadata.contains { top.elementsEqual($0.utf8) }
      || (steps.count == 1 && property.elementsEqual("target-path".utf8))
    if isMetadata { throw .fixupOfMetadata(node: path.text, property: property.text) }
  }

  private static func countUp(_ count: inout Int) throws(OverlayFault) {
    count += 1
    guard count <= mostFixups else { throw .tooManyFixups(limit: mostFixups) }
  }
}

extension [UInt8] {
  fileprivate var text: String { String(decoding: self, as: UTF8.self) }

  /// One text that begins with a slash: its zero byte is the last one.
  var isAbsolutePath: Bool {
    first == UInt8(ascii: "/") && firstIndex(of: 0) == count - 1
  }
}

extension ArraySlice<UInt8> {
  /// Digits and nothing else, at most nine of them.
  fileprivate var decimalNumber: UInt32? {
    guard (1...9).contains(count) else { return nil }
    var number: UInt32 = 0
    for byte in self {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      number = number &* 10 &+ UInt32(byte &- UInt8(ascii: "0"))
    }
    return number
  }
}
