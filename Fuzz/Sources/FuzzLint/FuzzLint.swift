import DeviceTreeLint
import Diagnostics
import FuzzDriver
import TreeMutation

/// The linter, every rule of it. The header's `boot_cpuid_phys`, which no rule reads, says for which
/// target a tree is judged, so that an input carries its own.
@main struct FuzzLint {
  static func main() { runFuzzer(fuzzLint) }

  static func test(_ bytes: [UInt8]) {
    let choice = bytes.count >= 32 ? bytes[29..<32].map(Int.init) : [0, 0, 0]
    for finding in linter(choice, bytes).lint(bytes, file: "input.dtb") {
      require(!finding.message.isEmpty, "\(finding.rule) has no words")
    }
  }

  private static func linter(_ choice: [Int], _ bytes: [UInt8]) -> Linter {
    let number = choice[2] % (Targets.plain.count + Targets.equipped.count)
    if number < Targets.plain.count { return Targets.plain[number] }
    var target = Targets.equipped[number - Targets.plain.count]
    target.loaded = LoadedFiles.parts(of: bytes, choice[0], choice[1])
    return Linter(for: target, selection: Targets.everyRule)
  }
}

@_cdecl("LLVMFuzzerTestOneInput")
func fuzzLint(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzLint.test(bytes(data, count))
  return 0
}

@_cdecl("LLVMFuzzerCustomMutator")
func mutateTree(
  _ data: UnsafeMutablePointer<UInt8>?, _ size: Int, _ room: Int, _ seed: UInt32
) -> Int {
  Mutation.mutate(data, size, room: room, seed: seed)
}
