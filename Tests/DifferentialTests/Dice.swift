import SeededGenerator

/// Choices of the fragments that are made from a seed.
struct Dice {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func roll(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  mutating func chance(_ percent: Int) -> Bool { roll(1...100) <= percent }

  mutating func pick(_ choices: [String]) -> String { choices[roll(0...choices.count - 1)] }

  mutating func word() -> String {
    pick(["alpha", "beta", "gamma", "delta", "a", "b", "c7", "x-y", "mmc0", "1", "0", "10", "f"])
  }

  /// Of a variable that no default environment has.
  mutating func name() -> String { pick(["va", "vb", "vc", "vd", "ve"]) }

  mutating func digits() -> String { pick(["0", "1", "2", "7", "9", "10", "16", "99", "100"]) }

  mutating func hexadecimal() -> String { String(roll(0...0xFFF), radix: 16) }

  /// A command that succeeds or fails, and says so or not.
  mutating func command() -> String {
    pick(["true", "false", "true", "false", "echo \(word())", "test \(digits()) -lt 10"])
  }
}
