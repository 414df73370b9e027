import Glibc
import SystemPackage
import Testing

@testable import Emulator

@Suite struct RawTerminalTests {
  func localFlags(_ terminal: FileDescriptor) -> tcflag_t {
    var settings = termios()
    tcgetattr(terminal.rawValue, &settings)
    return settings.c_lflag
  }

  @Test func theTerminalIsAsItWasBefore() throws {
    let master = try FileDescriptor.open("/dev/ptmx", .readWrite)
    defer { try? master.close() }
    let before = localFlags(master)
    let terminal = RawTerminal(master)
    let during = localFlags(master)
    terminal?.restore()
    #expect(before & tcflag_t(ICANON | ECHO | ISIG) == tcflag_t(ICANON | ECHO | ISIG))
    #expect(during & tcflag_t(ICANON | ECHO | ISIG) == 0)
    #expect(localFlags(master) == before)
  }

  @Test func aPipeIsNoTerminal() throws {
    let pipe = try FileDescriptor.pipe()
    let isTerminal = RawTerminal(pipe.readEnd) != nil
    try pipe.readEnd.close()
    try pipe.writeEnd.close()
    #expect(!isTerminal)
  }
}
