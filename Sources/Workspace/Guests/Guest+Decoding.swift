import Measures
import StrictYAML
import XenTree

extension YAMLValue {
  /// A list of guests; only `kernel` and `memory` must be there:
  ///
  /// ```yaml
  /// - name: domU1
  ///   kernel: { file: zImage, address: 0x4a00_0000 }
  ///   initrd: { file: initrd.gz, address: 0x4b00_0000 }
  ///   passthrough: { file: uart.dtb, address: 0x4c00_0000 }
  ///   memory: 64MiB
  ///   vcpus: 1
  ///   arguments: console=ttyAMA0
  ///   console: true
  ///   enhanced: no-xenstore
  ///   direct-map: true
  ///   static-memory: [{ base: 0x5000_0000, size: 64MiB }]
  ///   shared-memory:
  ///     - { id: ring, role: owner, host: 0x6000_0000, guest: 0x6000_0000, size: 4KiB }
  ///   event-channels: [{ port: 1, to: domU2, to-port: 1 }]
  ///   capabilities: [control]
  ///   pool: { name: fast, processors: [/cpus/cpu@1], scheduler: "null" }   # or a name
  /// ```
  ///
  /// - Parameter takesAuto: whether `address: auto` may stand for an address.
  func guests(takesAuto: Bool) throws(YAMLError) -> [Guest] {
    var guests: [Guest] = []
    guard let items = try? list() else {
      throw wrong(wanted: "a list of guests, each behind a `- `")
    }
    guard !items.isEmpty else { throw wrong(wanted: "at least one guest") }
    for item in items {
      guests.append(try item.guest(number: guests.count + 1, takesAuto: takesAuto))
    }
    return guests
  }

  /// The same, where the list may as well be empty.
  func guestsIfAny(takesAuto: Bool) throws(YAMLError) -> [Guest] {
    if let items = try? list(), items.isEmpty { return [] }
    return try guests(takesAuto: takesAuto)
  }

  private func guest(number: Int, takesAuto: Bool) throws(YAMLError) -> Guest {
    try mapping { (keys) throws(YAMLError) in
      let name = try keys.optional("name")?.guestName() ?? "domU\(number)"
      let kernel = try keys.required("kernel")
      var files = [try kernel.moduleFile(.kernel, takesAuto: takesAuto)]
      if let initrd = keys.optional("initrd") {
        files.append(try initrd.moduleFile(.ramdisk, takesAuto: takesAuto))
      }
      if let tree = keys.optional("passthrough") {
        files.append(try tree.moduleFile(.tree, takesAuto: takesAuto))
      }
      var domain = XenDomain(name: name, memory: try keys.required("memory").size(), modules: [])
      if let vcpus = keys.optional("vcpus") {
        domain.processors = UInt32(try vcpus.integer(in: 1...Project.Dom0.mostProcessors))
      }
      domain.arguments = try keys.optional("arguments")?.arguments() ?? ""
      domain.hasConsole = try keys.optional("console")?.bool() ?? false
      domain.interfaces = try keys.optional("enhanced")?.oneOf()
      domain.isDirectMapped = try keys.optional("direct-map")?.bool() ?? false
      for item in try keys.optional("static-memory")?.list() ?? [] {
        domain.staticMemory.append(try item.memoryRange())
      }
      for item in try keys.optional("shared-memory")?.list() ?? [] {
        domain.sharedMemory.append(try item.sharedMemory())
      }
      for item in try keys.optional("capabilities")?.list() ?? [] {
        domain.capabilities.insert(try item.oneOf(Capability.self).value)
      }
      var channels: [EventChannel] = []
      for item in try keys.optional("event-channels")?.list() ?? [] {
        channels.append(try item.eventChannel(of: name))
      }
      let pool = try keys.optional("pool")?.pool()
      domain.pool = pool?.name
      return Guest(domain: domain, files: files, channels: channels, pool: pool?.described)
    }
  }

  /// Event channels call dom0 so, which therefore is nobody else's name.
  private func guestName() throws(YAMLError) -> String {
    let name = try string()
    guard name != Self.dom0 else { throw wrong(wanted: "a name other than `dom0`") }
    return name
  }

  private static let dom0 = "dom0"

  private func moduleFile(
    _ kind: XenModule.Kind, takesAuto: Bool
  ) throws(YAMLError) -> Guest.File {
    if (try? string()) != nil {
      throw wrong(wanted: "a file and its address, as { file: NAME, address: 0x4a00_0000 }")
    }
    let span = span
    return try mapping { (keys) throws(YAMLError) in
      let file = try keys.required("file")
      let path = try file.string()
      guard !path.isEmpty else { throw file.wrong(wanted: "a path") }
      let place = try keys.required("address")
      let address = takesAuto ? try place.addressOrAuto() : try place.address()
      return Guest.File(
        kind: kind,
        file: PlacedFile(
          path: path, address: address ?? 0, span: span,
          digitsInHexadecimal: place.digitsInHexadecimal),
        isAnywhere: address == nil)
    }
  }

  private func memoryRange() throws(YAMLError) -> AddressRange {
    try mapping { (keys) throws(YAMLError) in
      let start = try keys.required("base").address()
      let size = try keys.required("size")
      guard let range = AddressRange(start: start, size: try size.size()) else {
        throw size.wrong(wanted: "a size that ends within 64 bits of address")
      }
      return range
    }
  }

  private func sharedMemory() throws(YAMLError) -> XenDomain.SharedMemory {
    try mapping { (keys) throws(YAMLError) in
      XenDomain.SharedMemory(
        id: try keys.required("id").string(), role: try keys.optional("role")?.oneOf(),
        host: try keys.required("host").address(), guest: try keys.required("guest").address(),
        size: try keys.required("size").size())
    }
  }

  private func eventChannel(of name: String) throws(YAMLError) -> EventChannel {
    try mapping { (keys) throws(YAMLError) in
      let port = try keys.required("port").port()
      let other = try keys.required("to").string()
      return EventChannel(
        .init(domain: name, port: port),
        .init(
          domain: other == Self.dom0 ? nil : other, port: try keys.required("to-port").port()))
    }
  }

  private func port() throws(YAMLError) -> UInt32 {
    let ports = EventChannel.ports
    return UInt32(try integer(in: Int(ports.lowerBound)...Int(ports.upperBound)))
  }

  /// A pool's name, or its description.
  private func pool() throws(YAMLError) -> (name: String, described: ProcessorPool?) {
    if let name = try? string() { return (name, nil) }
    return try mapping { (keys) throws(YAMLError) in
      let pool = ProcessorPool(
        name: try keys.required("name").string(),
        processors: try keys.required("processors").strings(),
        scheduler: try keys.optional("scheduler")?.string())
      return (pool.name, pool)
    }
  }

  private enum Capability: String, CaseIterable {
    case control, hardware, xenstore

    var value: XenDomain.Capabilities {
      switch self {
      case .control: .control
      case .hardware: .hardware
      case .xenstore: .xenstore
      }
    }
  }
}
