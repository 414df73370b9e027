public import Diagnostics
public import Measures

/// A file and the address that the bootloader loads it to.
public struct PlacedFile: Sendable, Hashable {
  /// As it was written; what a relative one counts from is the reader's business.
  public var path: String
  public var address: Address
  /// Where it was written, if that is a file.
  public var span: SourceSpan?
  /// What the digits of the address would be in hexadecimal, where they are decimal ones.
  public var digitsInHexadecimal: Address?

  public init(
    path: String, address: Address, span: SourceSpan? = nil, digitsInHexadecimal: Address? = nil
  ) {
    self.path = path
    self.address = address
    self.span = span
    self.digitsInHexadecimal = digitsInHexadecimal
  }

  /// Reads `zImage@0x44000000`; nil for anything else. The last `@` counts, and `0x` has to be
  /// there: who writes 44000000 may mean either.
  public init?(argument text: String) {
    guard let mark = text.lastIndex(of: "@") else { return nil }
    let (path, address) = (text[..<mark], text[text.index(after: mark)...])
    guard !path.isEmpty, address.hasPrefix("0x"),
      let address = Address(hexadecimal: address.replacing("_", with: ""))
    else { return nil }
    self.init(path: String(path), address: address)
  }
}
