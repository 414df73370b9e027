extension Machine {
  /// Whether a file is there: `test -e INTERFACE DEVICE:PART PATH` (`file_exists`).
  func hasFile(
    _ interface: UBootText, _ device: UBootText, _ path: UBootText
  ) throws(MachineStop) -> Bool {
    throw .notModelled(command: "test -e", reason: "no media yet")
  }
}
