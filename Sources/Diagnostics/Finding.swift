/// What a rule has found: which rule, how bad, what and where. Facts that are not known are nil.
public struct Finding: Sendable, Hashable {
  public var rule: RuleID
  /// Other names of the same rule: a check of dtc's that says the same.
  public var aliases: [RuleID]
  public var severity: Severity
  /// One sentence, without a full stop at its end.
  public var message: String
  public var place: Place
  /// Further facts, each a sentence of its own.
  public var notes: [String]
  /// What to do next: an edit to make or a command to run.
  public var help: String?
  public var fix: Fix?

  public init(
    _ rule: RuleID, _ severity: Severity, _ message: String, at place: Place,
    aliases: [RuleID] = [], notes: [String] = [], help: String? = nil, fix: Fix? = nil
  ) {
    self.rule = rule
    self.aliases = aliases
    self.severity = severity
    self.message = message
    self.place = place
    self.notes = notes
    self.help = help
    self.fix = fix
  }
}

extension Finding {
  /// Where something was found, as exactly as it is known. A file made of text has lines, a blob has
  /// byte offsets, and both have nodes and properties.
  public struct Place: Sendable, Hashable {
    /// As the user named it.
    public var file: String
    /// From 1; nil in a binary file.
    public var line: Int?
    /// Unicode scalars from 1; nil where only the line is known.
    public var column: Int?
    /// Where the text in question ends, as `line`, `column` behind its last character.
    public var endLine: Int?
    public var endColumn: Int?
    /// The path of the node: `/soc/serial@1c28000`.
    public var node: String?
    /// The property of that node.
    public var property: String?
    /// Bytes from the start of a binary file.
    public var offset: Int?

    public init(
      file: String, line: Int? = nil, column: Int? = nil, endLine: Int? = nil,
      endColumn: Int? = nil, node: String? = nil, property: String? = nil, offset: Int? = nil
    ) {
      self.file = file
      self.line = line
      self.column = column
      self.endLine = endLine
      self.endColumn = endColumn
      self.node = node
      self.property = property
      self.offset = offset
    }
  }
}

extension Finding.Place: CustomStringConvertible {
  /// `board.dts:7:6`, `board.dtb: /soc/serial@1c28000: reg, offset 0x1a4`.
  public var description: String {
    var text = file
    if let line {
      text += ":\(line)" + (column.map { ":\($0)" } ?? "")
    }
    if let node {
      text += ": \(node)" + (property.map { ": \($0)" } ?? "")
    }
    if let offset, line == nil { text += ", offset 0x\(String(offset, radix: 16))" }
    return text
  }
}

extension Finding {
  /// What stays the same while lines move: the rule, the file, the node, the property and what is
  /// said, which holds the values. 16 hexadecimal digits.
  public var fingerprint: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for part in [rule.rawValue, place.file, place.node ?? "", place.property ?? "", message] {
      for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      // A byte that no UTF-8 has, so that parts do not run into each other.
      hash = (hash ^ 0xFF) &* 0x100_0000_01B3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
