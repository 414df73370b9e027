extension Rules {
  /// Sorted by id.
  static let soc: [any LintRule.Type] = [
    A20AllLevel.self,
    A20BootMode.self,
    A20Compatible.self,
    A20DRAMRange.self,
    A20FEBEOrder.self,
    A20GICMap.self,
    A20Gnttab43.self,
    A20GnttabSRAMC.self,
    A20IRQTable.self,
    A20LoadDefaultClash.self,
    A20PSCINode.self,
    A20PSCISRAM.self,
    A20ScriptBin.self,
    A20TimerPresent.self,
    A20UARTPage.self,
    A20UARTProps.self,
    A20WDT.self,
  ]
}
