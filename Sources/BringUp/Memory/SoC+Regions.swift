import Boards
import Diagnostics
import Measures
import MemoryPlanner

extension Board {
  /// What answers in the address space of the board's smallest variant: RAM, the SoC's SRAM and its
  /// registers.
  func regions(on soc: SoC) throws -> [MemoryMap.Region] {
    let banks = [try smallestMemory(on: soc)] + memory.further
    return banks.enumerated().map { index, bank in
      MemoryMap.Region(
        name: banks.count > 1 ? "RAM, bank \(index)" : "RAM", kind: .ram, range: bank,
        source: memorySpan)
    }
      + soc.sram.map {
        MemoryMap.Region(name: "SRAM \($0.name)", kind: .sram, range: $0.range, source: $0.span)
      }
      + soc.blocks.map {
        MemoryMap.Region(name: $0.name, kind: .registers, range: $0.range, source: $0.span)
      }
  }
}

extension SoC {
  /// U-Boot's image is smaller: on the card, it ends before the first MiB does.
  private static let bootloaderImage = ByteCount.mebibytes(1)

  /// What the SoC itself lays claim to while U-Boot runs, beside U-Boot's place at the top of RAM.
  var claims: [Claim] {
    var claims: [Claim] = []
    if let text = bootloader.text,
      let range = AddressRange(start: text, size: Self.bootloaderImage)
    {
      claims.append(
        Claim(
          owner: "U-Boot before it moves", range: range,
          reason: "SPL puts it there, and over USB the other files are in place by then",
          kind: .bootloader, source: bootloader.span))
    }
    if let psci {
      claims.append(
        Claim(
          owner: "the secure monitor", range: psci.range,
          reason: "U-Boot leaves it there to switch processors on and off (PSCI)", kind: .secure,
          source: psci.span))
    }
    return claims
  }

  /// What a plan has while U-Boot loads, with what the SoC's file says of it and beside it.
  func loadingClaims(beside planned: [Claim]) -> [Claim] {
    let planned = planned.map(source(of:))
    return planned + claims.filter { !planned.map(\.range).contains($0.range) }
  }

  /// Where this version of Xen maps dom0's grant table, if that is a place of the SoC; newer ones put
  /// it over their own code.
  func grantTable(of version: String) -> Claim? {
    grantTables.first { $0.xen == version }.map {
      Claim(
        owner: "dom0's grant table", range: $0.range, reason: "Xen \(version) puts it there",
        kind: .grantTable, stage: .xen, source: $0.span)
    }
  }

  /// The same with the line of the SoC's file that it follows from, where it has none of its own.
  func source(of claim: Claim) -> Claim {
    guard claim.source == nil else { return claim }
    let span: SourceSpan? =
      switch claim.kind {
      case .bootloader: bootloader.span
      case .tree, .initrd: bootm?.span
      case .reserved: reserved.first { $0.range == claim.range }?.span
      default: nil
      }
    return Claim(
      owner: claim.owner, range: claim.range, reason: claim.reason, kind: claim.kind,
      stage: claim.stage, source: span, setting: claim.setting)
  }
}
