extension Rules {
  /// Sorted by id.
  static let dom0less: [any LintRule.Type] = [
    D0LCaps.self,
    D0LCells.self,
    D0LCPUPool.self,
    D0LCPUs.self,
    D0LDirectmapStatic.self,
    D0LEnum.self,
    D0LEvtchnPair.self,
    D0LGrantVersion.self,
    D0LKernel.self,
    D0LMemoryU64.self,
    D0LNameUnique.self,
    D0LNameUnit.self,
    D0LPtAlign.self,
    D0LPtPageShare.self,
    D0LPtPath.self,
    D0LPtPhandle.self,
    D0LPtRegpath.self,
    D0LShmAlign.self,
    D0LShmID.self,
    D0LShmOwner.self,
    D0LStaticSum.self,
    D0LVCPU.self,
    D0LVPL011SPI.self,
  ]
}
