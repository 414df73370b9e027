import BuiltProgram
import Foundation
import OutsideTools
import Synchronization

/// Both sides' views of all fragments, made once for all tests that look at them.
struct Comparison: Sendable {
  let fragments: [Fragment]
  let real: [String: Observation]
  let model: [String: Observation]
  let duration: Duration
  /// What the real one's `help` lists.
  let commands: Set<String>

  /// Commands that the real one has and the model is still to get. Fragments with them are run, and
  /// judged once the model has them.
  static let awaited: Set<String> = []

  enum Verdict: Equatable {
    case agrees
    case differs
    /// The model lacks a command.
    case awaits(String)
  }

  func verdict(on fragment: Fragment) -> Verdict {
    guard let real = real[fragment.name], let model = model[fragment.name] else { return .differs }
    if real.agrees(with: model) { return .agrees }
    if case .notModelled(let command, _) = model.ending, Self.awaited.contains(command) {
      return .awaits(command)
    }
    return .differs
  }

  /// What both saw of a fragment.
  func views(of fragment: Fragment) -> String {
    """
    \(fragment.name)
    \(Observation.text(fragment.script))
    the real one
    \(real[fragment.name]?.description ?? "")
    the model
    \(model[fragment.name]?.description ?? "")
    """
  }

  static func shared() async throws -> Comparison { try await making.value }

  /// Where `CTBOOT_DIFFERENTIAL_REPORT` names a file, all that was seen is written there.
  private static let making = Task {
    let comparison = try await Comparison(of: try Fragment.all() + XenFlow.fragments())
    if let path = ProcessInfo.processInfo.environment["CTBOOT_DIFFERENTIAL_REPORT"] {
      try comparison.report.write(toFile: path, atomically: true, encoding: .utf8)
    }
    return comparison
  }

  init(of fragments: [Fragment]) async throws {
    let start = ContinuousClock.now
    let firmware = try await DebianFile.firmware.url()
    let disk = try TestDisk.image(with: XenFlow.files)
    // Two emulators, as there are two processors at least wherever this is built.
    let halves = [0, 1].map { half in
      fragments.enumerated().filter { $0.offset % 2 == half }.map(\.element)
    }
    async let first = Self.observe(halves[0], firmware, disk)
    async let second = Self.observe(halves[1], firmware, disk)
    let observed = try await [first, second]
    commands = observed[0].baseline.commands
    real = observed[0].real.merging(observed[1].real) { one, _ in one }
    let model = try ModelUBoot(observed[0].baseline, disk: disk)
    self.model = Dictionary(
      uniqueKeysWithValues: try fragments.map { ($0.name, try model.observe($0)) })
    self.fragments = fragments
    duration = start.duration(to: .now)
  }

  /// On a thread of its own: it waits for the emulator, and the tests' threads are few.
  private static func observe(
    _ fragments: [Fragment], _ firmware: URL, _ disk: [UInt8]
  ) async throws -> (real: [String: Observation], baseline: RealUBoot.Baseline) {
    try await withCheckedThrowingContinuation { continuation in
      Thread {
        continuation.resume(
          with: Result {
            try OutsideTool.withTemporaryFolder { folder in
              let uboot = try RealUBoot(firmware, disk: disk, fragments: fragments, in: folder)
              defer { uboot.end() }
              var real: [String: Observation] = [:]
              for fragment in fragments {
                do { real[fragment.name] = try uboot.observe(fragment) } catch {
                  throw Fragment.Fault(description: "\(fragment.name): \(error)")
                }
              }
              return (real, uboot.baseline)
            }
          })
      }.start()
    }
  }

  /// All that was seen, to be read.
  var report: String {
    fragments.map { "=== \(verdict(on: $0)) \(views(of: $0))\n" }.joined()
  }
}
