import Diagnostics
import StrictYAML

extension Board.EmulationChoice {
  /// Reads either `sister: NAME` or a machine of QEMU's.
  init(
    _ section: inout YAMLMapping, _ source: String, place: inout SourceSpan?
  ) throws(YAMLError) {
    self.source = source
    if let sister = section.optional("sister") {
      place = sister.span
      way = .sister(try sister.name())
    } else {
      way = .machine(try Emulation(&section))
    }
  }
}

extension Emulation {
  init(_ section: inout YAMLMapping) throws(YAMLError) {
    var options: [String] = []
    for item in try section.optional("options")?.list() ?? [] { options.append(try item.word()) }
    self.init(
      machine: try section.required("machine").word(),
      processor: try section.optional("processor")?.word(),
      cores: try section.optional("cores")?.integer(in: 1...64),
      memory: try section.required("memory").size(),
      disk: try section.required("disk").oneOf(),
      bootloaderIsFirmware: try section.optional("firmware")?.bool() ?? false,
      powerOfTwo: try section.optional("power-of-two")?.bool() ?? false,
      options: options)
  }
}
