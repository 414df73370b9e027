/// Why apt could not fetch something, told from its words in the C locale.
public enum FetchFailure: Error, Sendable, Hashable {
  case noNetwork
  /// What came is not what the signed index promised: a mirror that is being updated, a proxy that
  /// answers in the server's stead, or worse.
  case wrongContents
  case notFound
  /// The repository's key is not known here; `keys` are key ids.
  case missingKey([String])
  case notSigned
  /// The repository's signature or date does not hold.
  case badSignature
  case noSpace
  /// Something else, in apt's words without any address.
  case other(String)

  /// Nil where the text holds no failure.
  init?(_ text: String) {
    if text.allSatisfy(\.isWhitespace) { return nil }
    self = Self.sentences.first { text.contains($0.words) }?.failure ?? .other(Self.redacted(text))
    if self == .missingKey([]) { self = .missingKey(Self.keys(in: text)) }
  }

  /// In this order, since apt reports a cause and what follows from it in one breath.
  private static let sentences: [(words: String, failure: FetchFailure)] = [
    ("No space left on device", .noSpace),
    ("Disk quota exceeded", .noSpace),
    ("You don't have enough free space", .noSpace),
    ("NO_PUBKEY", .missingKey([])),
    ("EXPKEYSIG", .badSignature),
    ("EXPSIG", .badSignature),
    ("BADSIG", .badSignature),
    ("REVKEYSIG", .badSignature),
    ("is not valid yet", .badSignature),
    ("is expired", .badSignature),
    ("Clearsigned file isn't valid", .badSignature),
    ("is not signed", .notSigned),
    ("cannot be authenticated", .notSigned),
    ("Hash Sum mismatch", .wrongContents),
    ("unexpected size", .wrongContents),
    ("Temporary failure resolving", .noNetwork),
    ("Could not resolve", .noNetwork),
    ("Could not connect", .noNetwork),
    ("Unable to connect", .noNetwork),
    ("Cannot initiate the connection", .noNetwork),
    ("Connection failed", .noNetwork),
    ("Connection timed out", .noNetwork),
    ("Connection refused", .noNetwork),
    ("Network is unreachable", .noNetwork),
    ("does not have a Release file", .notFound),
    ("404", .notFound),
  ]

  private static func keys(in text: String) -> [String] {
    let words = text.split(whereSeparator: \.isWhitespace)
    let keys = zip(words, words.dropFirst()).filter { $0.0 == "NO_PUBKEY" }.map { String($0.1) }
    return Array(Set(keys)).sorted()
  }

  /// The first line without addresses, which may hold passwords, and without apt's `E: `.
  static func redacted(_ text: String) -> String {
    let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
    let line = lines.first { $0.hasPrefix("E: ") } ?? lines.first ?? ""
    let words = line.split(separator: " ").filter { $0 != "E:" && $0 != "W:" }
    return words.map { $0.contains("://") ? "(address)" : String($0.prefix(80)) }
      .joined(separator: " ")
  }
}

extension FetchFailure {
  /// Completes `NAME: …`.
  var words: String {
    switch self {
    case .noNetwork: "the network does not reach it"
    case .wrongContents: "what came differs from what the signed index promises"
    case .notFound: "the server does not have it"
    case .missingKey(let keys): "its key \(keys.joined(separator: ", ")) is not installed"
    case .notSigned: "it is not signed"
    case .badSignature: "its signature or date does not hold"
    case .noSpace: "the disk is full"
    case .other(let words): "apt says: \(words)"
    }
  }
}
