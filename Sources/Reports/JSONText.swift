import Foundation

/// Values as JSON, for programs: sorted keys and two blanks of indent, so that the same value is
/// always the same text.
public enum JSONText {
  public static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}
