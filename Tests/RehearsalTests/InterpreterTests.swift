import Measures
import Rehearsal
import SeededGenerator
import Testing

/// How U-Boot's old shell runs what it reads. What stands here was seen on a U-Boot 2023.01; the suite
/// that asks a real one holds far more.
@Suite struct InterpreterTests {
  @Test(
    arguments: [
      ("echo a b; echo \"c  d\"", ["a b", "c  d"]),
      // Once a skip starts it lasts to the next semicolon or line.
      ("false && echo A || echo B", []), ("true || echo A && echo B", []),
      ("true && echo A || echo B", ["A"]), ("false || echo A && echo B", ["A", "B"]),
      ("false && echo A; echo B", ["B"]),
      ("if false && true || true; then echo y; else echo n; fi", ["n"]),
      ("false; echo $?; true; echo $?", ["1", "0"]),
    ] as [(String, [String])])
  func listsAndOperators(script: String, lines: [String]) {
    #expect(SmallMachine.lines(script) == lines)
  }

  @Test(
    arguments: [
      ("if true; then echo a; else echo b; fi", ["a"]),
      ("if false; then echo a; elif true; then echo b; else echo c; fi", ["b"]),
      ("for i in 1 2 3; do echo $i; done", ["1", "2", "3"]),
      // Quotes keep nothing together in a loop's list, and there is no globbing.
      ("setenv l \"a b\"; for i in \"${l}\" *; do echo <$i>; done", ["<a>", "<b>", "<*>"]),
      ("for i in; do echo $i; done; echo z", ["z"]),
      (
        "setenv n 3; while test ${n} -gt 0; do echo $n; setexpr n ${n} - 1; done",
        ["3", "2", "1"]
      ),
      ("setenv n 0; until test $n = 2; do setexpr n $n + 1; done; echo $n", ["2"]),
      ("for i in a b; do for j in 1 2; do echo $i$j; done; done", ["a1", "a2", "b1", "b2"]),
      ("if ${undefined}; then echo yes; fi", ["yes"]),
    ] as [(String, [String])])
  func structures(script: String, lines: [String]) {
    #expect(SmallMachine.lines(script) == lines)
  }

  @Test(
    arguments: [
      // Words shift where an unquoted variable is unset.
      ("if test ${x} = y; then echo true; else echo false; fi", ["true"]),
      ("if test \"${x}\" = y; then echo true; else echo false; fi", ["false"]),
      ("echo ${x:-d} ${x} ${x%y}.", ["d ."]),
      // A value is not read as commands, whatever it holds.
      ("setenv x 'a; echo b'; echo $x", ["a; echo b"]),
      ("setenv x 'a   b'; echo $x; echo \"$x\"", ["a b", "a   b"]),
      ("setenv r 'false; echo s'; run r; echo $?", ["s", "0"]),
      ("x=5; echo $x; run x", ["5", "## Error: \"x\" not defined"]),
      ("x = 5", ["Unknown command 'x' - try 'help'"]),
      ("setenv a=b 1; echo $?", ["## Error: illegal character '='in variable name \"a=b\"", "1"]),
      ("setenv k a b  c; echo \"$k\"", ["a b c"]),
      ("setenv c echo; $c hi", ["hi"]), ("ech hi", ["hi"]),
    ] as [(String, [String])])
  func words(script: String, lines: [String]) { #expect(SmallMachine.lines(script) == lines) }

  @Test(
    arguments: [
      ("echo a\nif true; then\necho b\n", ["a", "syntax error"]),
      ("echo a & echo b\necho c", ["syntax error"]),
      ("nonsense\necho still", ["Unknown command 'nonsense' - try 'help'", "still"]),
      ("exit 3\necho still", ["still"]),
    ] as [(String, [String])])
  func faults(script: String, lines: [String]) { #expect(SmallMachine.lines(script) == lines) }

  @Test(
    arguments: [
      ("test 10 -eq 0x10; echo $?; itest 10 == 0x10; echo $?", ["1", "0"]),
      ("test a -eq b; echo $?", ["0"]), ("setexpr x 10 + 10; echo $x", ["20"]),
      ("test -n ${unset}; echo $?; test -n \"${unset}\"; echo $?", ["1", "1"]),
      ("test a = a -a ! b = c; echo $?", ["0"]), ("test a = a -o b = c; echo $?", ["0"]),
      ("itest.s abc < abd; echo $?; itest.b 101 == 1; echo $?", ["0", "0"]),
      ("mw.b 40000000 61 4; crc32 40000000 4", ["crc32 for 40000000 ... 40000003 ==> ad98e545"]),
      ("mw 41000000 12345678 2; cmp 41000000 41000004 1", ["Total of 1 word(s) were the same"]),
    ] as [(String, [String])])
  func numbers(script: String, lines: [String]) { #expect(SmallMachine.lines(script) == lines) }

  @Test func endlessScriptsEnd() {
    var machine = SmallMachine()
    #expect(machine.run("while true; do true; done").stop == .tooManyCommands(200_000))
    // A few commands can take as long as many.
    var mover = SmallMachine()
    mover.machine.mostBytes = 1 << 20
    #expect(
      mover.run("while true; do cp.b 40000000 48000000 10000; done").stop
        == .movesTooMuch(1 << 20))
    var another = SmallMachine()
    #expect(another.run("setenv r 'run r'; run r").stop == .tooDeep)
  }

  @Test func whatIsNoMemoryStopsTheBoard() {
    var machine = SmallMachine()
    #expect(machine.run("mw 0 1").stop == .outsideMemory(address: 0, count: 4))
  }

  @Test func importTakesTextFromMemory() {
    let script = """
      setenv a 1; setenv b 2
      env export -t 42000000 a b
      setenv a; setenv b
      env import -t 42000000 ${filesize}
      printenv a b
      """
    #expect(SmallMachine.lines(script).suffix(2) == ["a=1", "b=2"])
  }

  @Test func theTraceTellsWordsAndEffects() {
    var machine = SmallMachine(keepsTrace: true)
    _ = machine.run("setenv a 1\nsetenv b $a")
    let trace = machine.machine.trace
    #expect(trace.map(\.place.line) == [1, 2])
    #expect(trace.last?.words == ["setenv", "b", "1"].map { UBootText($0) })
    #expect(trace.last?.effects == [.set(name: UBootText("b"), value: UBootText("1"))])
  }

  /// Whatever a script holds, playing it ends.
  @Test(arguments: [UInt64](1...20))
  func anyScriptEnds(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let tokens = [
      "if", "then", "else", "fi", "for", "in", "do", "done", "while", " ", " ", " ", "\n", ";",
      "&&",
      "||", "'", "\"", "\\", "$a", "${b}", "a", "x=1", "#", "true", "false", "echo", "setenv",
      "test",
      "run", "setexpr", "mw", "cp", "md", "crc32", "env", "import", "-t", "40000000", "4", "-z",
      "=",
      "itest", "source", "\u{4}", "\u{3}",
    ]
    for _ in 0..<100 {
      let script = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
        tokens[Int.random(in: 0..<tokens.count, using: &random)] + " "
      }.joined()
      var machine = SmallMachine()
      _ = machine.run(script)
    }
  }

  /// An item at any address, in any width, is what a byte-wise look finds.
  @Test func fillsArePatterns() throws {
    for (width, address) in [
      (1, 0x4000_FFFD), (2, 0x4000_FFFE), (2, 0x4000_FFFF), (4, 0x4001_0003),
    ] {
      let bank = try #require(AddressRange(start: 0x4000_0000, size: .mebibytes(1)))
      var memory = GuestMemory(banks: [bank])
      let item = (0..<width).map { UInt8($0 + 1) }
      try memory.fill(item, count: 200_000 / width, at: UInt64(address))
      let bytes = try memory.read(200_000, at: UInt64(address))
      #expect(bytes.indices.allSatisfy { bytes[$0] == item[$0 % width] })
      #expect(try memory.read(1, at: UInt64(address - 1)) == [0])
    }
  }

  /// More than there is RAM, in a count that would take all of the host's.
  @Test(arguments: ["mw", "cp", "cmp", "crc32", "md"]) func countsBeyondRAM(command: String) {
    var machine = SmallMachine()
    let words =
      command == "mw" ? "1 ffffffff" : command == "crc32" ? "ffffffff" : "40000000 ffffffff"
    let stop = machine.run("\(command) 40000000 \(command == "md" ? "100000" : words)").stop
    if command != "md" {
      guard case .outsideMemory? = stop else {
        Issue.record("\(String(describing: stop))")
        return
      }
    }
  }
}
