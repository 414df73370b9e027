public import Diagnostics
public import Measures

/// Why a YAML file is refused. Each case names the place.
public enum YAMLError: Error, Sendable, Hashable {
  case tooLarge(size: ByteCount, at: SourceSpan)
  /// The first byte that belongs to no UTF-8 character.
  case notUTF8(byte: UInt8, at: SourceSpan)
  /// A tab, control character or other character that has no place in such a file.
  case character(UInt32, at: SourceSpan)
  /// The words are the parser's.
  case syntax(String, context: String?, at: SourceSpan)
  case empty(at: SourceSpan)
  /// Where the second document begins.
  case severalDocuments(at: SourceSpan)
  case tooDeep(at: SourceSpan)
  case anchor(String, at: SourceSpan)
  case alias(String, at: SourceSpan)
  case tag(String, at: SourceSpan)
  case keyIsNoText(found: String, at: SourceSpan)
  /// `at` is the second place. Where it could not be found both are the first.
  case duplicateKey(String, at: SourceSpan, first: SourceSpan)
  case unknownKey(String, nearest: String?, known: [String], at: SourceSpan)
  /// `at` is where the mapping begins that lacks the key.
  case missingKey(String, at: SourceSpan)
  case wrongValue(wanted: String, found: String, at: SourceSpan)
  /// A value that is sound, but does not go with the rest of the file: in what way, and what helps.
  case unfit(String, help: String, at: SourceSpan)
  case notAChoice(String, choices: [String], nearest: String?, at: SourceSpan)
}
