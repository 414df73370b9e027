/// Property names that somebody looks for, so that a tree's names are compared once and not at every
/// property. In alphabetical order of the spelling; a new name is one line.
public enum KnownName: String, Sendable, Hashable, CaseIterable {
  case addressCells = "#address-cells"
  case clockCells = "#clock-cells"
  case coolingCells = "#cooling-cells"
  case dmaCells = "#dma-cells"
  case gpioCells = "#gpio-cells"
  case hwlockCells = "#hwlock-cells"
  case interruptCells = "#interrupt-cells"
  case ioChannelCells = "#io-channel-cells"
  case iommuCells = "#iommu-cells"
  case mboxCells = "#mbox-cells"
  case msiCells = "#msi-cells"
  case muxControlCells = "#mux-control-cells"
  case phyCells = "#phy-cells"
  case powerDomainCells = "#power-domain-cells"
  case pwmCells = "#pwm-cells"
  case resetCells = "#reset-cells"
  case sizeCells = "#size-cells"
  case soundDAICells = "#sound-dai-cells"
  case thermalSensorCells = "#thermal-sensor-cells"
  case affinity
  case allocRanges = "alloc-ranges"
  case bootargs
  case busRange = "bus-range"
  case capabilities
  case clockFrequency = "clock-frequency"
  case clocks
  case compatible
  case coolingDevice = "cooling-device"
  case cpuOff = "cpu_off"
  case cpuOn = "cpu_on"
  case cpuSuspend = "cpu_suspend"
  case xenCPUPoolCPUs = "cpupool-cpus"
  case cpus
  case deviceType = "device_type"
  case directMap = "direct-map"
  case dmaRanges = "dma-ranges"
  case dmas
  case xenCPUPool = "domain-cpupool"
  case enableMethod = "enable-method"
  case gpioController = "gpio-controller"
  case gpioHog = "gpio-hog"
  case hwlocks
  case id
  case interruptController = "interrupt-controller"
  case interruptMap = "interrupt-map"
  case interruptMapMask = "interrupt-map-mask"
  case interruptNames = "interrupt-names"
  case interruptParent = "interrupt-parent"
  case interrupts
  case interruptsExtended = "interrupts-extended"
  case ioChannels = "io-channels"
  case iommus
  case label
  case linuxInitrdEnd = "linux,initrd-end"
  case linuxInitrdStart = "linux,initrd-start"
  case linuxPhandle = "linux,phandle"
  case linuxStdoutPath = "linux,stdout-path"
  case linuxUEFISystemTable = "linux,uefi-system-table"
  case maxGrantFrames = "max_grant_frames"
  case maxGrantVersion = "max_grant_version"
  case mboxes
  case memory
  case method
  case model
  case msiParent = "msi-parent"
  case muxControls = "mux-controls"
  case name
  case noMap = "no-map"
  case passthrough
  case phandle
  case phys
  case ports
  case powerDomains = "power-domains"
  case pwms
  case ranges
  case reg
  case regIOWidth = "reg-io-width"
  case regNames = "reg-names"
  case regShift = "reg-shift"
  case remoteEndpoint = "remote-endpoint"
  case resets
  case reusable
  case role
  case size
  case soundDAI = "sound-dai"
  case spiSlave = "spi-slave"
  case status
  case stdoutPath = "stdout-path"
  case thermalSensors = "thermal-sensors"
  case v8rEL1MSA = "v8r_el1_msa"
  case vpl011
  case xenDom0Bootargs = "xen,dom0-bootargs"
  case xenEnhanced = "xen,enhanced"
  case xenEventChannels = "xen,evtchn"
  case xenForceAssign = "xen,force-assign-without-iommu"
  case xenPassthrough = "xen,passthrough"
  case xenPath = "xen,path"
  case xenReg = "xen,reg"
  case xenSCIType = "xen,sci_type"
  case xenSharedMemory = "xen,shared-mem"
  case xenSharedID = "xen,shm-id"
  case xenStaticHeap = "xen,static-heap"
  case xenStaticMemory = "xen,static-mem"
  case xenUEFIBinary = "xen,uefi-binary"
  case xenUEFIConfigLoad = "xen,uefi-cfg-load"
  case xenXenBootargs = "xen,xen-bootargs"
}

extension KnownName {
  /// The name that is spelled so, and its place in `allCases`.
  ///
  /// - Parameter hash: the spelling's, as `NameReading` has it.
  static func find(_ bytes: ArraySlice<UInt8>, hash: UInt64) -> (name: KnownName, number: Int)? {
    bySpelling.find(bytes, hash)
  }

  private static let bySpelling = Table()

  /// Open addressing over all spellings: building the keys that a `Dictionary` wants would cost
  /// more than the search.
  private struct Table {
    private struct Entry {
      let name: KnownName
      let number: Int
      let hash: UInt64
      /// Where the spelling stands among all of them.
      let spelling: Range<Int>
    }

    private var spellings: [UInt8] = []
    private var slots: [Entry?] = Array(repeating: nil, count: 512)

    init() {
      for (number, name) in KnownName.allCases.enumerated() {
        let start = spellings.count
        spellings += name.rawValue.utf8
        let hash = NameReading.hash(of: spellings[start...])
        var slot = Self.firstSlot(hash)
        while slots[slot] != nil { slot = (slot + 1) & 511 }
        slots[slot] = Entry(
          name: name, number: number, hash: hash, spelling: start..<spellings.count)
      }
    }

    func find(_ bytes: ArraySlice<UInt8>, _ hash: UInt64) -> (name: KnownName, number: Int)? {
      var slot = Self.firstSlot(hash)
      while let entry = slots[slot] {
        if entry.hash == hash, spellings[entry.spelling].elementsEqual(bytes) {
          return (entry.name, entry.number)
        }
        slot = (slot + 1) & 511
      }
      return nil
    }

    private static func firstSlot(_ hash: UInt64) -> Int {
      Int(truncatingIfNeeded: hash ^ hash >> 32) & 511
    }
  }
}
