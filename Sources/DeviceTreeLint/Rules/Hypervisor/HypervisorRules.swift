extension Rules {
  /// Sorted by id.
  static let hypervisor: [any LintRule.Type] = [
    GnttabBelow4G.self,
    GnttabFrames.self,
    GnttabInRAM.self,
    GnttabOnMMIO.self,
    GnttabPlatform.self,
    HypCompatible.self,
    HypInHostDT.self,
    HypIRQ.self,
    HypReg.self,
  ]
}
