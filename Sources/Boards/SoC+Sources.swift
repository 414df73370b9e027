extension SoC {
  /// Every section with where its values come from, in the file's order.
  public var sources: [SourceNote] {
    var notes = [
      SourceNote(section: "identity", source: identity.source),
      SourceNote(section: "processor", source: processor.source),
      SourceNote(section: "dram", source: dram.source),
    ]
    if let spl { notes.append(SourceNote(section: "spl", source: spl.source)) }
    notes.append(SourceNote(section: "bootloader", source: bootloader.source))
    notes.append(SourceNote(section: "load", source: load.source))
    if let bootm { notes.append(SourceNote(section: "bootm", source: bootm.source)) }
    notes.append(SourceNote(section: "gic", source: gic.source))
    notes.append(SourceNote(section: "timer", source: timer.source))
    notes += sram.map { SourceNote(section: "sram \($0.name)", source: $0.source) }
    notes += reserved.map { SourceNote(section: "reserved \($0.range)", source: $0.source) }
    notes += blockGroups.map { SourceNote(section: "blocks \($0.first)", source: $0.source) }
    if let uart { notes.append(SourceNote(section: "uart", source: uart.source)) }
    if let psci { notes.append(SourceNote(section: "psci", source: psci.source)) }
    if let scriptBin { notes.append(SourceNote(section: "script-bin", source: scriptBin.source)) }
    if let ubootLoad { notes.append(SourceNote(section: "uboot-load", source: ubootLoad.source)) }
    if let legacyLoad {
      notes.append(SourceNote(section: "legacy-load", source: legacyLoad.source))
    }
    if let drivers { notes.append(SourceNote(section: "drivers", source: drivers.source)) }
    if let xen { notes.append(SourceNote(section: "xen", source: xen.source)) }
    notes += grantTables.map { SourceNote(section: "grant-tables \($0.xen)", source: $0.source) }
    return notes
  }
}
