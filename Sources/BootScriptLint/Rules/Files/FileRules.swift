extension ScriptRules {
  static let files: [any ScriptRule.Type] = [
    BadImage.self, HardCodedDevice.self, MissingFile.self, MissingPartition.self, PartitionHex.self,
    Shadowed.self, StaleImage.self, TreeName.self, UEnvNeverRead.self, WrongFilesystem.self,
  ]
}
