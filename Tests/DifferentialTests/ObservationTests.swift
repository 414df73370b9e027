import Testing

/// What counts as the same, and what does not.
@Suite struct ObservationTests {
  private let seen = Observation(ending: .returned(0), printed: "one\n", environment: ["a": "1"])

  @Test func anyDifferenceCounts() {
    #expect(seen.agrees(with: seen))
    for change in [
      { $0.ending = .returned(1) }, { $0.ending = .jumped }, { $0.printed = "one" },
      { $0.environment = [:] }, { $0.environment["a"] = .some(nil) }, { $0.variables["a"] = "1" },
      { $0.memory = ["00"] }, { $0.entry = 0 }, { $0.tree = "" },
    ] as [(inout Observation) -> Void] {
      var other = seen
      change(&other)
      #expect(!seen.agrees(with: other) && !other.agrees(with: seen))
    }
  }

  /// What lies at address 0 runs after a syntax error, on the real one alone.
  @Test func whatLiesAtZeroIsLeftOut() {
    let model = Observation(ending: .returned(0), printed: "syntax error\n")
    let real = Observation(
      ending: .returned(1), printed: "syntax error\nUnknown command '«b8»' - try 'help'\n")
    #expect(real.agrees(with: model))
    #expect(!model.agrees(with: real))
  }

  @Test func anEndlessScriptIsJudgedByItsStart() {
    let line = String(repeating: "round\n", count: 200)
    let real = Observation(ending: .endless, printed: line + "rou")
    #expect(real.agrees(with: Observation(ending: .endless, printed: line + line)))
    #expect(!real.agrees(with: Observation(ending: .endless, printed: "other\n" + line)))
  }

  @Test func timesAreLeftOut() {
    let lines = ["12 bytes read in 6 ms (2 KiB/s)\n", "12 bytes read in 0 ms\n"]
    #expect(Set(lines.map(ConsoleText.steady)) == ["12 bytes read\n"])
  }

  @Test func changesNameWhatIsGone() {
    let changes = Observation.changes(from: ["a": "1", "b": "2"], to: ["a": "3", "c": ""])
    let expected: [String: String?] = ["a": "3", "b": nil, "c": ""]
    #expect(changes == expected)
  }
}
