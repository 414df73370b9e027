import Bytes
import DeviceTree

extension LintContext {
  /// Whether a 64-bit Xen boots here. A Xen among the loaded files says so, then the chip; else the
  /// processors' names do, of which a 32-bit tree can have the same. Rules that bite 32-bit Xen only
  /// are then silent.
  ///
  /// Source: Linux `Documentation/devicetree/bindings/arm/cpus.yaml`.
  func findARM64() -> Bool {
    if let xenInMemory { return xenInMemory.is64Bit }
    // Chips of ours are 32-bit ones.
    if target.soc != nil { return false }
    guard let cpus else { return false }
    for cpu in tree.children(cpus) {
      guard let compatible = tree.property(cpu, .compatible) else { continue }
      let names = tree.valueRange(compatible)
      for start in Self.arm64Processors
      where names.count >= start.utf8CodeUnitCount
        && tree.bytes.matches(start, at: names.lowerBound)
      {
        return true
      }
    }
    return false
  }

  /// How the first `compatible` of a processor of ARMv8 and later begins.
  private static let arm64Processors: [StaticString] = [
    "arm,armv8", "arm,armv9", "arm,cortex-a34", "arm,cortex-a35", "arm,cortex-a510",
    "arm,cortex-a520", "arm,cortex-a53", "arm,cortex-a55", "arm,cortex-a57", "arm,cortex-a65",
    "arm,cortex-a71", "arm,cortex-a72", "arm,cortex-a73", "arm,cortex-a75", "arm,cortex-a76",
    "arm,cortex-a77", "arm,cortex-a78", "arm,cortex-x", "arm,neoverse", "apm,potenza",
    "apm,strega", "brcm,vulcan", "cavium,thunder", "nvidia,tegra132-denver",
    "nvidia,tegra186-denver", "nvidia,tegra194-carmel", "qcom,kryo", "samsung,mongoose",
  ]
}
