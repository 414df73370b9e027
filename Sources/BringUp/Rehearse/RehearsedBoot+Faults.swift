import DeviceTreeLint
import Diagnostics
import MemoryPlanner
import Rehearsal

extension RehearsedBoot {
  /// What keeps it from its kernel, or its kernel from running, as errors; and as warnings what failed
  /// on the way and did not keep it.
  ///
  /// Partitions that are cut off are left to those who tell of partitions.
  var faults: [Diagnostic] {
    let failed = failures.map { failure in
      Diagnostic(
        .warning, "what \(Self.words(of: failure.place, failure.words)) asks for fails",
        notes: failure.said.isEmpty ? [] : ["U-Boot says: \(failure.said)"])
    }
    guard let arrival else {
      let end = stop?.words ?? "U-Boot has nothing left to try"
      return failed.prefix(4).map { Diagnostic(.error, $0.message, notes: $0.notes) } + [
        Diagnostic(
          .error, "the boot does not get to a kernel: \(end)",
          help: "`ctboot rehearse --trace` shows each command")
      ]
    }
    return failed + arrival.faults
  }
}

extension RehearsedBoot.Arrival {
  fileprivate var faults: [Diagnostic] {
    var faults: [Diagnostic] = []
    if !isKernel {
      faults.append(
        Diagnostic(.error, "no kernel that is known lies at \(handover.entry), where it is entered")
      )
    }
    faults += missing.map { module in
      Diagnostic(.error, "the tree tells Xen of a \(module.kind) where nothing was loaded")
    }
    faults += memory.clashes.map(\.diagnostic)
    if case .cannotFit(let reason)? = memory.dom0 {
      faults.append(Diagnostic(.error, "dom0 cannot be placed: \(reason)"))
    }
    faults += findings.map { finding in
      Diagnostic(finding.severity, finding.inOneLine, notes: finding.notes, help: finding.help)
    }
    return faults
  }
}
