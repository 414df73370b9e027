import BootImages
import Bytes
import DeviceTree
import Measures
import TreeEditing

/// From a kernel in memory to its first instruction (`boot/bootm.c`, `boot/image-board.c`,
/// `boot/image-fdt.c`, `arch/arm/lib/bootm.c`).
struct Boot {
  let command: String
  let entry: UInt64
  let kernel: (start: UInt64, size: UInt64)
  private var changes: [String] = []

  init(command: String, entry: UInt64, kernel: (start: UInt64, size: UInt64)) {
    self.command = command
    self.entry = entry
    self.kernel = kernel
  }

  mutating func run(
    initrd: UBootText?, tree: UBootText?, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    var disk: AddressRange?
    switch try findInitrd(initrd, on: &machine) {
    case .none: break
    case .wrong:
      machine.puts("Ramdisk image is corrupt or invalid\n")
      return .failure
    case .found(let range): disk = range
    }
    if let disk, overlapsKernel(disk) {
      machine.puts("ERROR: RD image overlaps OS image\n")
      return .failure
    }
    guard let tree else { return try start(initrd: disk, on: &machine) }
    let address = tree.hexadecimal
    guard try machine.isTreeHeader(at: address) else {
      machine.puts(
        "ERROR: Did not find a cmdline Flattened Device Tree\n"
          + "Could not find a valid device tree\n")
      return .failure
    }
    machine.puts("## Flattened Device Tree blob at \(address.address)\n")
    machine.puts("   Booting using the fdt blob at 0x\(address.digits(6))\n")
    Self.choose(tree: address, on: &machine)
    let bytes = try machine.treeBytes(at: address)
    if let range = AddressRange(start: Address(address), size: ByteCount(bytes.count)),
      overlapsKernel(range)
    {
      machine.puts("ERROR: FDT image overlaps OS image\n")
      return .failure
    }
    return try hand(over: bytes, from: address, initrd: disk, on: &machine)
  }

  /// Without a tree: by ATAGS, where the build has them. The RAM disk is moved as always.
  private mutating func start(
    initrd: AddressRange?, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    guard let tags = machine.profile.tags else {
      machine.puts("FDT and ATAGS support not compiled in\n")
      throw .waits("without a tree U-Boot hangs, or resets the board")
    }
    var memory = BootMemory(banks: machine.profile.banks)
    if let own = machine.profile.own { memory.reserve(own) }
    memory.reserve(kernel.start, kernel.size)
    var disk = initrd
    if let initrd { disk = try move(initrd, in: &memory, on: &machine) }
    guard disk != nil || initrd == nil else { return .failure }
    machine.puts("\nStarting kernel ...\n\n")
    throw .jumped(
      BootHandover(
        command: command, entry: Address(entry), program: program, treeAddress: nil, tree: [],
        tags: tags,
        initrd: disk, isHYP: isHYP(machine)))
  }

  private var program: AddressRange? {
    AddressRange(start: Address(kernel.start), size: ByteCount(kernel.size))
  }

  private func isHYP(_ machine: Machine) -> Bool {
    machine.profile.entersHYP && machine.environment["bootm_boot_mode"]?.words != "sec"
  }

  /// `set_working_fdt_addr`
  private static func choose(tree address: UInt64, on machine: inout Machine) {
    machine.workingTree = address
    machine.puts("Working FDT set to \(String(address, radix: 16))\n")
    machine.set("fdtaddr", hexadecimal: address)
  }

  private func overlapsKernel(_ range: AddressRange) -> Bool {
    range.start.rawValue >= kernel.start && range.start.rawValue < kernel.start + kernel.size
  }

  private enum Initrd {
    case none, wrong
    case found(AddressRange)
  }

  /// `boot_get_ramdisk`: a legacy image knows its size, raw bytes need theirs behind a colon.
  private func findInitrd(
    _ word: UBootText?, on machine: inout Machine
  ) throws(MachineStop) -> Initrd {
    guard let word, word != [UInt8(ascii: "-")] else { return .none }
    let address = word.hexadecimal
    if let image = try machine.legacyImage(at: address) {
      machine.puts("## Loading init Ramdisk from Legacy Image at \(address.address) ...\n")
      guard machine.isSound(image, at: address) else { return .wrong }
      guard image.kind == .ramdisk, image.architecture == .arm else {
        machine.puts("No Linux ARM Ramdisk Image\n")
        return .wrong
      }
      let start = address + UInt64(LegacyImage.headerSize)
      return AddressRange(start: Address(start), size: ByteCount(image.payload.count))
        .map(Initrd.found) ?? .wrong
    }
    guard let colon = word.firstIndex(of: UInt8(ascii: ":")) else {
      machine.puts("Wrong Ramdisk Image Format\n")
      return .wrong
    }
    let size = Array(word[(colon + 1)...]).hexadecimal
    return AddressRange(start: Address(address), size: ByteCount(size)).map(Initrd.found) ?? .wrong
  }

  private mutating func hand(
    over bytes: [UInt8], from address: UInt64, initrd: AddressRange?, on machine: inout Machine
  ) throws(MachineStop) -> CommandResult {
    var memory = BootMemory(banks: machine.profile.banks)
    if let own = machine.profile.own { memory.reserve(own) }
    memory.reserve(kernel.start, kernel.size)
    let parsed = try? DeviceTree(parsing: bytes.span.bytes)
    for reservation in parsed?.reservations ?? [] {
      memory.reserve(reservation.address.rawValue, reservation.size.rawValue)
    }
    for range in parsed.map(Self.reservedMemory) ?? [] { memory.reserve(range) }
    var disk = initrd
    if let initrd { disk = try move(initrd, in: &memory, on: &machine) }
    guard disk != nil || initrd == nil else { return .failure }
    guard let place = try treePlace(bytes, from: address, in: memory, on: &machine) else {
      return .failure
    }
    Self.choose(tree: place, on: &machine)
    var tree: EditableTree
    switch fixed(bytes, parsed, initrd: disk, at: place, on: machine) {
    case .success(let fixed): tree = fixed
    case .failure(let error):
      machine.puts("ERROR: system-specific fdt fixup failed: \(error.code)\n")
      machine.puts(" - must RESET the board to recover.\n")
      throw .reset
    }
    try? tree.resize(by: 0, loadedAt: place)
    try machine.write(tree.bytes, at: place)
    machine.puts("\nStarting kernel ...\n\n")
    throw .jumped(
      BootHandover(
        command: command, entry: Address(entry), program: program, treeAddress: Address(place),
        tree: tree.bytes,
        initrd: disk, isHYP: isHYP(machine), changes: changes))
  }

  /// `/reserved-memory` children with a `reg`.
  private static func reservedMemory(_ tree: DeviceTree) -> [AddressRange] {
    guard let node = tree.root.child("reserved-memory") else { return [] }
    let addressCells = node.addressCells ?? 2
    let sizeCells = node.sizeCells ?? 1
    return node.children.flatMap { child in
      (child.reg(addressCells: addressCells, sizeCells: sizeCells) ?? []).compactMap(\.range)
    }
  }

  /// Where trees and RAM disks end at the latest (`env_get_bootm_low`, `env_get_bootm_mapsize`).
  private func windowEnd(_ machine: Machine) -> UInt64 {
    let bank = machine.profile.banks.first
    let low = machine.environment["bootm_low"]?.hexadecimal ?? bank?.start.rawValue ?? 0
    if let size = machine.environment["bootm_mapsize"] ?? machine.environment["bootm_size"] {
      return low &+ size.hexadecimal
    }
    return bank?.end.rawValue ?? .max
  }

  /// `boot_ramdisk_high`: it is copied, unless `initrd_high` is all ones.
  private mutating func move(
    _ initrd: AddressRange, in memory: inout BootMemory, on machine: inout Machine
  ) throws(MachineStop) -> AddressRange? {
    let high = machine.environment["initrd_high"].map(\.hexadecimal)
    if high == 0xFFFF_FFFF {
      memory.reserve(initrd)
      return initrd
    }
    let size = initrd.size.rawValue
    guard
      let place = memory.place(size, below: high.map { $0 == 0 ? .max : $0 } ?? windowEnd(machine))
    else {
      machine.puts("ramdisk - allocation error\n")
      return nil
    }
    let bytes = try machine.bytes(Int(size), at: initrd.start.rawValue)
    try machine.write(bytes, at: place)
    machine.puts(
      "   Loading Ramdisk to \(place.address), end \((place + size).address) ... OK\n")
    memory.reserve(place, size)
    return AddressRange(start: Address(place), size: initrd.size)
  }

  /// `boot_relocate_fdt`: the tree is copied with room behind it, unless `fdt_high` is all ones.
  private mutating func treePlace(
    _ bytes: [UInt8], from address: UInt64, in memory: BootMemory, on machine: inout Machine
  ) throws(MachineStop) -> UInt64? {
    let size = UInt64(bytes.count + EditableTree.uBootPadding)
    let high = machine.environment["fdt_high"].map(\.hexadecimal)
    if high == 0xFFFF_FFFF {
      machine.puts(
        "   Using Device Tree in place at \(address.address), "
          + "end \((address + size - 1).address)\n")
      return address
    }
    let end: UInt64? = high.map { $0 == 0 ? .max : $0 } ?? windowEnd(machine)
    guard let place = memory.place(size, below: end) else {
      machine.puts("ERROR: Failed to allocate memory for the device tree\n")
      machine.puts("fdt - allocation error\n")
      return nil
    }
    machine.puts(
      "   Loading Device Tree to \(place.address), end \((place + size - 1).address) ... OK\n")
    return place
  }

  /// `image_setup_libfdt`
  private mutating func fixed(
    _ bytes: [UInt8], _ parsed: DeviceTree?, initrd: AddressRange?, at place: UInt64,
    on machine: Machine
  ) -> Result<EditableTree, TreeEditError> {
    let environment = machine.environment
    do throws(TreeEditError) {
      var tree = try EditableTree(bytes, padding: EditableTree.uBootPadding)
      if let serial = environment["serial#"] {
        try tree.set("serial-number", of: "/", to: serial + [0])
        changes.append("the serial number")
      }
      try tree.setChosen(arguments: environment["bootargs"], version: machine.profile.version)
      if environment["bootargs"] != nil { changes.append("bootargs of the environment") }
      try tree.setMemory(
        machine.profile.banks.map { ($0.start.rawValue, $0.size.rawValue) })
      changes.append("the RAM that U-Boot knows")
      if machine.profile.hasPSCI, environment["bootm_boot_mode"]?.words != "sec" {
        try tree.setPSCI(processors: Self.processors(parsed))
        changes.append("PSCI for the processors")
      }
      for (path, address) in Self.ethernet(parsed, environment) {
        try tree.set("local-mac-address", of: path, to: address)
      }
      if let initrd {
        try tree.setInitrd(start: initrd.start.rawValue, end: initrd.end.rawValue)
      }
      return .success(tree)
    } catch {
      return .failure(error)
    }
  }

  private static func processors(_ tree: DeviceTree?) -> [String] {
    (tree?.root.child("cpus")?.children ?? []).filter {
      $0.property("device_type")?.string == "cpu"
    }.map { "/cpus/\($0.name)" }
  }

  /// `fdt_fixup_ethernet`: `ethaddr` for the alias ethernet0, `eth1addr` for ethernet1, and so on.
  private static func ethernet(
    _ tree: DeviceTree?, _ environment: Environment
  ) -> [(String, [UInt8])] {
    (tree?.root.child("aliases")?.properties ?? []).compactMap { alias in
      guard alias.name.hasPrefix("ethernet"), let path = alias.string, path.hasPrefix("/") else {
        return nil
      }
      let number = alias.name.dropFirst("ethernet".count)
      let name = number.isEmpty || number == "0" ? "ethaddr" : "eth\(number)addr"
      guard let text = environment[name]?.words else { return nil }
      let parts = text.split(separator: ":").compactMap { UInt8($0, radix: 16) }
      return parts.count == 6 ? (path, parts) : nil
    }
  }
}
