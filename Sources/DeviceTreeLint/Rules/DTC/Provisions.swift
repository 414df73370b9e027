import DeviceTree

// Properties that name other nodes and tell them what is wanted of them: a line for each makes two of
// dtc's checks, which `DTCRules.swift` lists.

enum ClocksProperty: ProviderPropertyRule {
  static let pair = ProviderPair(.clocks, .clockCells, "a clock")
}
enum ClocksIsCell: ProviderCountRule { static var pair: ProviderPair { ClocksProperty.pair } }

enum CoolingDevicesProperty: ProviderPropertyRule {
  static let pair = ProviderPair(.coolingDevice, .coolingCells, "a cooling device")
}
enum CoolingDevicesIsCell: ProviderCountRule {
  static var pair: ProviderPair { CoolingDevicesProperty.pair }
}

enum DMAsProperty: ProviderPropertyRule {
  static let pair = ProviderPair(.dmas, .dmaCells, "a DMA channel")
}
enum DMAsIsCell: ProviderCountRule { static var pair: ProviderPair { DMAsProperty.pair } }

enum HWLocksProperty: ProviderPropertyRule {
  static let pair = ProviderPair(.hwlocks, .hwlockCells, "a hardware lock")
}
enum HWLocksIsCell: ProviderCountRule { static var pair: ProviderPair { HWLocksProperty.pair } }

enum ExtendedInterruptsProperty: ProviderPropertyRule {
  static let pair = ProviderPair(.interruptsExtended, .interruptCells, "an interrupt")
}
enum ExtendedInterruptsIsCell: ProviderCountRule {
  static var pair: ProviderPair { ExtendedInterruptsProperty.pair }
}

enum IOChannelsProperty: ProviderPropertyRule {
  static let pair = ProviderPair(.ioChannels, .ioChannelCells, "a measuring channel")
}
enum IOChannelsIsCell: ProviderCountRule {
  static var pair: ProviderPair { IOChannelsProperty.pair }
}

enum IOMMUsProperty: ProviderPropertyRule {
  static let pair = ProviderPair(.iommus, .iommuCells, "an IOMMU's stream")
}
enum IOMMUsIsCell: ProviderCountRule { static var pair: ProviderPair { IOMMUsProperty.pair } }

enum MailboxesProperty: ProviderPropertyRule {
  static let pair = ProviderPair(.mboxes, .mboxCells, "a mailbox")
}
enum MailboxesIsCell: ProviderCountRule { static var pair: ProviderPair { MailboxesProperty.pair } }

enum MSIParentsProperty: ProviderPropertyRule {
  static let pair = ProviderPair(
    .msiParent, .msiCells, "message-signalled interrupts", isCountOptional: true)
}
enum MSIParentsIsCell: ProviderCountRule {
  static var pair: ProviderPair { MSIParentsProperty.pair }
}

enum MuxControlsProperty: ProviderPropertyRule {
  static let pair = ProviderPair(.muxControls, .muxControlCells, "a multiplexer")
}
enum MuxControlsIsCell: ProviderCountRule {
  static var pair: ProviderPair { MuxControlsProperty.pair }
}

enum PHYsProperty: ProviderPropertyRule {
  static let pair = ProviderPair(.phys, .phyCells, "a PHY")
}
enum PHYsIsCell: ProviderCountRule { static var pair: ProviderPair { PHYsProperty.pair } }

enum PowerDomainsProperty: ProviderPropertyRule {
  static let pair = ProviderPair(.powerDomains, .powerDomainCells, "a power domain")
}
enum PowerDomainsIsCell: ProviderCountRule {
  static var pair: ProviderPair { PowerDomainsProperty.pair }
}

enum PWMsProperty: ProviderPropertyRule {
  static let pair = ProviderPair(.pwms, .pwmCells, "a PWM output")
}
enum PWMsIsCell: ProviderCountRule { static var pair: ProviderPair { PWMsProperty.pair } }

enum ResetsProperty: ProviderPropertyRule {
  static let pair = ProviderPair(.resets, .resetCells, "a reset line")
}
enum ResetsIsCell: ProviderCountRule { static var pair: ProviderPair { ResetsProperty.pair } }

enum SoundDAIsProperty: ProviderPropertyRule {
  static let pair = ProviderPair(.soundDAI, .soundDAICells, "a sound interface")
}
enum SoundDAIsIsCell: ProviderCountRule { static var pair: ProviderPair { SoundDAIsProperty.pair } }

enum ThermalSensorsProperty: ProviderPropertyRule {
  static let pair = ProviderPair(.thermalSensors, .thermalSensorCells, "a temperature sensor")
}
enum ThermalSensorsIsCell: ProviderCountRule {
  static var pair: ProviderPair { ThermalSensorsProperty.pair }
}

/// Whoever looks at all such properties takes them from here.
enum Provisions {
  static let all: [ProviderPair] = [
    ClocksProperty.pair, CoolingDevicesProperty.pair, DMAsProperty.pair, HWLocksProperty.pair,
    ExtendedInterruptsProperty.pair, IOChannelsProperty.pair, IOMMUsProperty.pair,
    MailboxesProperty.pair, MSIParentsProperty.pair, MuxControlsProperty.pair, PHYsProperty.pair,
    PowerDomainsProperty.pair, PWMsProperty.pair, ResetsProperty.pair, SoundDAIsProperty.pair,
    ThermalSensorsProperty.pair,
  ]
}
