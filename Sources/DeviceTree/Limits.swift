extension DeviceTree {
  /// How much of a blob the reader takes before it refuses. A few bytes of input cost many of
  /// memory, so a reader of foreign files needs an end to both.
  public struct Limits: Sendable, Hashable {
    /// However large a limit the caller asks for: values nested deeper than this could exhaust the
    /// stack when they are compared or freed.
    public static let deepest = 64

    /// Bytes that a blob may have: offsets in it are kept in 32 bits, with their sign.
    public static let totalSize = UInt32(Int32.max)

    /// How many nodes may lie inside one another, the root included; at most `deepest`.
    public let depth: Int
    /// How many nodes there may be in all.
    public let nodes: Int
    /// How many properties there may be in all.
    public let properties: Int
    /// How many bytes a name may have. The specification has 31; real trees pass that.
    public let nameLength: Int

    public init(
      depth: Int = Limits.deepest, nodes: Int = 1 << 16, properties: Int = 1 << 18,
      nameLength: Int = 255
    ) {
      self.depth = min(depth, Limits.deepest)
      self.nodes = nodes
      self.properties = properties
      self.nameLength = nameLength
    }

    /// At least forty times what any tree of Linux for 32-bit ARM needs (860 nodes, 5362
    /// properties, names of 41 bytes).
    public static let standard = Limits()
  }
}
