import BootImages
import Diagnostics
import Measures
import Partitions

/// What keeps a card from booting, or may do so. Each is told once, in the order of the boot.
struct CardFaults {
  let card: CardContents
  /// Where a boot ROM looks; empty where the machine takes its bootloader from elsewhere.
  let splPlaces: [ByteCount]
  /// The longest SPL that the SoC takes; nil where the SoC is not known.
  let splLimit: ByteCount?
  let boot: RehearsedBoot?
  /// What was found in the scripts where there is no rehearsal.
  let unplayed: [Diagnostic]

  private var partitions: DiskPartitions { card.partitions }
  private var volumes: [InspectedVolume] { card.volumes }

  var all: [Diagnostic] { bootloaderFaults + tableFaults + volumeFaults + bootFaults }

  // MARK: Bootloader

  private var bootloaderFaults: [Diagnostic] {
    guard !splPlaces.isEmpty else { return [] }
    guard let bootloader = card.bootloader else {
      let places = splPlaces.map(\.description).joined(separator: " or ")
      return [
        Diagnostic(
          .error, "no SPL lies at \(places) of \(card.path): a boot ROM finds nothing to start",
          help: "write a u-boot-sunxi-with-spl.bin there, or the whole image again")
      ]
    }
    var faults: [Diagnostic] = []
    if let problem = bootloader.problem?.diagnostic {
      faults.append(
        Diagnostic(
          .error,
          "the bootloader at \(ByteCount(bootloader.offset)) is not sound: \(problem.message)",
          help: "write the bootloader, or the whole image, again"))
    }
    if let spl = bootloader.spl, let splLimit, spl.length > splLimit {
      faults.append(
        Diagnostic(
          .error, "the SPL has \(spl.length), and the boot ROM takes at most \(splLimit)"))
    }
    return faults
  }

  // MARK: Partition table

  private var tableFaults: [Diagnostic] {
    if partitions.isDamaged {
      return [
        Diagnostic(
          .error, "the GPT is damaged: its checksums do not hold",
          help:
            "an SPL at 8 KiB lies in the usual place of its entries: use an MBR, or a GPT whose "
            + "entries lie elsewhere")
      ]
    }
    guard partitions.table != .none else {
      return volumes.isEmpty
        ? [
          Diagnostic(
            .error, "\(card.path) has neither a partition table nor a file system that is read",
            help: "check that it is the whole disk or image")
        ] : []
    }
    var faults = partitions.entries.filter { $0.bytes.upperBound > card.size.rawValue }.map {
      entry in
      Diagnostic(
        .error,
        "partition \(entry.number) ends at \(entry.bytes.upperBound), and \(card.path) has "
          + "\(card.size.rawValue) bytes: it was cut off",
        help: "copy the image to its end")
    }
    let byPlace = partitions.entries.sorted { $0.sectors.lowerBound < $1.sectors.lowerBound }
    for (one, next) in zip(byPlace, byPlace.dropFirst()) where one.sectors.overlaps(next.sectors) {
      faults.append(
        Diagnostic(.error, "partitions \(one.number) and \(next.number) overlap"))
    }
    if let end = card.bootloader?.end, let first = byPlace.first, end > first.bytes.lowerBound {
      faults.append(
        Diagnostic(.error, "the bootloader reaches into partition \(first.number)"))
    }
    if !partitions.entries.contains(where: \.isBootable) {
      faults.append(
        Diagnostic(
          .warning, "no partition is marked as bootable: U-Boot looks at partition 1 only"))
    }
    return faults
  }

  // MARK: File systems

  private var volumeFaults: [Diagnostic] {
    var faults: [Diagnostic] = []
    if let bootPartition = card.bootPartition {
      let volume = volumes.first { $0.number == bootPartition }
      if volume == nil || volume?.rootNames == nil {
        faults.append(
          Diagnostic(
            .error,
            "partition \(bootPartition), from which U-Boot would boot, has no file system that is "
              + "read: FAT and ext4 are",
            help: "mark the partition with the boot files as bootable"))
      }
    } else if partitions.table != .none, !partitions.isDamaged {
      faults.append(
        Diagnostic(
          .error, "there is no partition 1, and none is marked as bootable",
          help: "mark the partition with the boot files as bootable"))
    }
    for volume in volumes where volume.needsRecovery {
      faults.append(
        Diagnostic(
          .warning,
          "the \(volume.kind) on partition \(volume.number) was not left in order: its journal "
            + "waits, and what it holds is not seen here"))
    }
    return faults
  }

  // MARK: The boot

  private var bootFaults: [Diagnostic] {
    var faults = card.scripts.compactMap(\.damage).map { damage in
      Diagnostic(.error, damage.message, notes: damage.notes, help: damage.help)
    }
    guard let boot else {
      if card.scripts.isEmpty, let bootPartition = card.bootPartition,
        volumes.contains(where: { $0.number == bootPartition })
      {
        faults.append(
          Diagnostic(
            .error, "there is neither a boot.scr nor an extlinux.conf for U-Boot to go by",
            help: "put one beside the boot files: `ctboot script compose` makes them"))
      }
      return faults + unplayed
    }
    return faults + boot.faults + boot.rootFaults(partitions)
  }
}
