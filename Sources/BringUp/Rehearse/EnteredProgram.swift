import BootImages
import Measures
import Rehearsal

/// What lies where U-Boot enters: the file that was loaded there, or what `bootm` took out of one.
struct EnteredProgram {
  let range: AddressRange
  let bytes: [UInt8]
  /// What Xen's own image says; nil where it is no Xen.
  let xen: XenImage?

  /// What a header may claim; no kernel is longer.
  private static let longest = 1 << 28

  /// Nil where it is not known where it ends.
  init?(_ handover: BootHandover, in machine: Machine) {
    let load = machine.loads.last { $0.range.start == handover.entry }
    guard let range = load?.range ?? handover.program,
      let bytes = try? machine.memory.read(
        min(Int(clamping: range.size.rawValue), Self.longest), at: range.start.rawValue)
    else { return nil }
    self.range = range
    self.bytes = bytes
    xen = try? XenImage(parsing: bytes.span.bytes)
  }

  /// Whether a 32-bit ARM kernel's header stands there.
  var isZImage: Bool { (try? ZImage(parsing: bytes.span.bytes)) != nil }
}
