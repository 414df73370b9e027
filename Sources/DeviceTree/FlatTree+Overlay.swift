extension FlatTree {
  /// Whether it changes another tree and is none by itself.
  ///
  /// Source: Linux `Documentation/devicetree/overlay-notes.rst`; dtc's `/plugin/`.
  public var isOverlay: Bool { children(.root).contains { child($0, "__overlay__") != nil } }
}
