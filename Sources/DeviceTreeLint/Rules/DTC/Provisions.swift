import DeviceTree

/// Properties that name other nodes and tell them what is wanted of them: a line for each makes two
/// of dtc's checks, which `DTCRules.swift` lists.
enum Clocks: Provision {
  static let pair = ProviderPair(.clocks, .clockCells, "a clock")
}

enum CoolingDevices: Provision {
  static let pair = ProviderPair(.coolingDevice, .coolingCells, "a cooling device")
}

enum DMAs: Provision {
  static let pair = ProviderPair(.dmas, .dmaCells, "a DMA channel")
}

enum HWLocks: Provision {
  static let pair = ProviderPair(.hwlocks, .hwlockCells, "a hardware lock")
}

enum ExtendedInterrupts: Provision {
  static let pair = ProviderPair(.interruptsExtended, .interruptCells, "an interrupt")
}

enum IOChannels: Provision {
  static let pair = ProviderPair(.ioChannels, .ioChannelCells, "a measuring channel")
}

enum IOMMUs: Provision {
  static let pair = ProviderPair(.iommus, .iommuCells, "an IOMMU's stream")
}

enum Mailboxes: Provision {
  static let pair = ProviderPair(.mboxes, .mboxCells, "a mailbox")
}

enum MSIParents: Provision {
  static let pair = ProviderPair(
    .msiParent, .msiCells, "message-signalled interrupts", isCountOptional: true)
}

enum MuxControls: Provision {
  static let pair = ProviderPair(.muxControls, .muxControlCells, "a multiplexer")
}

enum PHYs: Provision {
  static let pair = ProviderPair(.phys, .phyCells, "a PHY")
}

enum PowerDomains: Provision {
  static let pair = ProviderPair(.powerDomains, .powerDomainCells, "a power domain")
}

enum PWMs: Provision {
  static let pair = ProviderPair(.pwms, .pwmCells, "a PWM output")
}

enum Resets: Provision {
  static let pair = ProviderPair(.resets, .resetCells, "a reset line")
}

enum SoundDAIs: Provision {
  static let pair = ProviderPair(.soundDAI, .soundDAICells, "a sound interface")
}

enum ThermalSensors: Provision {
  static let pair = ProviderPair(.thermalSensors, .thermalSensorCells, "a temperature sensor")
}

/// Whoever looks at all such properties takes them from here.
enum Provisions {
  static let all: [ProviderPair] = [
    Clocks.pair, CoolingDevices.pair, DMAs.pair, HWLocks.pair, ExtendedInterrupts.pair,
    IOChannels.pair, IOMMUs.pair, Mailboxes.pair, MSIParents.pair, MuxControls.pair, PHYs.pair,
    PowerDomains.pair, PWMs.pair, Resets.pair, SoundDAIs.pair, ThermalSensors.pair,
  ]
}
