/// Scripts of the whole language, made from a seed. Loops count, so that every script ends.
struct RandomScript {
  static let count = 150
  static let seed: UInt64 = 0x5C21_B700

  static func fragments() -> [Fragment] {
    (0..<count).map { number in
      let seed = seed &+ UInt64(number)
      var script = RandomScript(seed: seed)
      return Fragment(family: "random", title: "seed \(seed)", script: Array(script.text().utf8))
    }
  }

  private var dice: Dice
  private var counters = 0

  init(seed: UInt64) { dice = Dice(seed: seed) }

  mutating func text() -> String {
    let statements = (0..<dice.roll(3...9)).map { _ in statement(depth: 0) + "\n" }.joined()
    return statements + "echo last $?\n"
  }

  private mutating func statement(depth: Int) -> String {
    switch depth > 2 ? dice.roll(0...5) : dice.roll(0...9) {
    case 0, 1: assignment()
    case 2, 3: chain()
    case 4: "echo \(words())"
    case 5: "echo $?"
    case 6, 7: branch(depth)
    case 8: forLoop(depth)
    default: whileLoop(depth)
    }
  }

  private mutating func block(_ depth: Int) -> String {
    let separator = dice.pick(["; ", "\n", "\n  "])
    return (0..<dice.roll(1...3)).map { _ in statement(depth: depth + 1) }
      .joined(separator: separator)
  }

  /// What stands between a list and the next word of the grammar.
  private mutating func gap() -> String { dice.pick(["; ", "\n", ";\n"]) }

  private mutating func branch(_ depth: Int) -> String {
    var text = "if \(condition())\(gap())then \(block(depth))\(gap())"
    if dice.chance(30) { text += "elif \(condition())\(gap())then \(block(depth))\(gap())" }
    if dice.chance(60) { text += "else \(block(depth))\(gap())" }
    return text + "fi"
  }

  private mutating func forLoop(_ depth: Int) -> String {
    let name = dice.pick(["vi", "vj", "vk"])
    let list = (0..<dice.roll(0...3)).map { _ in
      dice.pick([dice.word(), "$\(dice.name())", "\"\(dice.word()) \(dice.word())\""])
    }.joined(separator: " ")
    return "for \(name) in \(list)\(gap())do echo $\(name); \(block(depth))\(gap())done"
  }

  private mutating func whileLoop(_ depth: Int) -> String {
    counters += 1
    let counter = "n\(counters)"
    let (word, test) =
      dice.chance(50) ? ("while", "itest $\(counter) < ") : ("until", "itest $\(counter) >= ")
    let limit = dice.roll(1...3)
    return
      "setenv \(counter) 0\n\(word) \(test)\(limit)\(gap())do setexpr \(counter) $\(counter) + 1; "
      + "\(block(depth))\(gap())done"
  }

  private mutating func condition() -> String {
    switch dice.roll(0...5) {
    case 0: chain()
    case 1: "test \(word()) \(dice.pick(["=", "!=", "<", ">"])) \(word())"
    case 2: "test \(dice.digits()) \(dice.pick(["-eq", "-lt", "-ge"])) $\(dice.name())"
    case 3:
      "itest \(dice.hexadecimal()) \(dice.pick(["==", "!=", "<", ">="])) \(dice.hexadecimal())"
    case 4: "env exists \(dice.name())"
    default:
      dice.pick(["true", "false", "test -n \"$\(dice.name())\"", "test -z \"$\(dice.name())\""])
    }
  }

  private mutating func chain() -> String {
    var text = simple()
    for _ in 0..<dice.roll(0...3) { text += " \(dice.pick(["&&", "||"])) \(simple())" }
    return text
  }

  private mutating func simple() -> String {
    switch dice.roll(0...6) {
    case 0: dice.pick(["true", "false"])
    case 1: "echo \(words())"
    case 2: assignment()
    case 3: "test \(word()) = \(word())"
    case 4: "env exists \(dice.name())"
    case 5:
      dice.pick(["nonsense", "run missing", "printenv \(dice.name())", "exit \(dice.roll(0...3))"])
    default:
      "setexpr \(dice.name()) \(dice.hexadecimal()) \(dice.pick(["+", "-", "*"])) \(dice.hexadecimal())"
    }
  }

  private mutating func assignment() -> String {
    switch dice.roll(0...5) {
    case 0, 1: "\(dice.name())=\(word())"
    case 2: "setenv \(dice.name())"
    default: "setenv \(dice.name()) \(words())"
    }
  }

  private mutating func words() -> String {
    (0..<dice.roll(1...3)).map { _ in word() }.joined(separator: dice.pick([" ", "  "]))
  }

  private mutating func word() -> String {
    let name = dice.name()
    return switch dice.roll(0...9) {
    case 0: "$\(name)"
    case 1: "${\(name)}"
    case 2: "\"${\(name)}\""
    case 3: "\"\(dice.word())  $\(name)\""
    case 4: "'\(dice.word()) $\(name)'"
    case 5: "${\(name):-\(dice.word())}"
    case 6: "\(dice.word())\\\(dice.pick(["n", "$", " ", ";", "\\"]))\(dice.word())"
    case 7: "x${\(name)}y"
    default: dice.word()
    }
  }
}

extension Fragment {
  /// Those written by hand, and those made from seeds.
  static func all() throws -> [Fragment] {
    try written() + Surprise.fragments() + RandomScript.fragments()
  }
}
