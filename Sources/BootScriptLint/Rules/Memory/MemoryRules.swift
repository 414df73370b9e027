extension ScriptRules {
  static let memory: [any ScriptRule.Type] = [
    AddressForm.self, LoadInRelocation.self, LoadOutsideRAM.self, LoadOverlap.self,
    NoRoomToUnpack.self,
    StaleFilesize.self, UnguardedLoad.self,
  ]
}
