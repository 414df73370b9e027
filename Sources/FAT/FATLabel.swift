/// The volume's label, checked and padded to its eleven bytes.
struct FATLabel {
  /// What the boot sector says; `NO NAME` where there is none.
  let padded: [UInt8]
  /// Whether the root folder holds it as an entry.
  let isNamed: Bool

  init(_ label: String) throws(FATError) {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let bytes = label.utf8.map { letters.contains($0) ? $0 - 0x20 : $0 }
    let forbidden = Array("\"*+,./:;<=>?[\\]|".utf8)
    guard bytes.count <= 11, bytes.first != 0x20, bytes.last != 0x20,
      bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && !forbidden.contains($0) })
    else { throw .label(label) }
    let none = Array("NO NAME".utf8)
    isNamed = !bytes.isEmpty && bytes != none
    let shown = isNamed ? bytes : none
    padded = shown + repeatElement(0x20, count: 11 - shown.count)
  }
}
