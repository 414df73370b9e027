extension Rules {
  /// Sorted by id.
  static let structure: [any LintRule.Type] = [
    FDT2MStraddle.self,
    FDTBalance.self,
    FDTBlockBounds.self,
    FDTBlockOrder.self,
    FDTBlockOverlap.self,
    FDTDupNames.self,
    FDTEndExact.self,
    FDTLastComp16.self,
    FDTLoadAlign.self,
    FDTMagic.self,
    FDTNameUTF8.self,
    FDTNameoff.self,
    FDTPadRoom.self,
    FDTPropAfterNode.self,
    FDTPropLen.self,
    FDTRootSingle.self,
    FDTRsvOverlap.self,
    FDTRsvmapAlign.self,
    FDTRsvmapTerminated.self,
    FDTStructAlign.self,
    FDTTokenValid.self,
    FDTTotalsizeFile.self,
    FDTTotalsizeXen.self,
    FDTVersion.self,
  ]
}
