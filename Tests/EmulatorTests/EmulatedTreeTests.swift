import Boards
import Diagnostics
import Emulator
import Testing

/// Runs the real QEMU: what its options do is not ours to imitate.
@Suite struct EmulatedTreeTests {
  @Test func theSameEmulationGivesTheSameTree() async throws {
    let first = try await EmulatedTree.dump(of: QEMUCommandTests.virt)
    let second = try await EmulatedTree.dump(of: QEMUCommandTests.virt)
    #expect(first.starts(with: [0xD0, 0x0D, 0xFE, 0xED]))
    #expect(first == second)
  }

  @Test func aMachineWithoutATreeIsNamed() async throws {
    await #expect(throws: EmulatorError.noTree(machine: "orangepi-pc")) {
      try await EmulatedTree.dump(of: QEMUCommandTests.card)
    }
  }

  @Test func aMachineThatDoesNotExistIsRefused() async throws {
    var emulation = QEMUCommandTests.virt
    emulation.machine = "no-such-machine"
    let emulated = emulation
    let error = await #expect(throws: EmulatorError.self) {
      try await EmulatedTree.dump(of: emulated)
    }
    #expect(
      error?.diagnostic.message == "qemu-system-arm refused to start: unsupported machine type")
  }
}
