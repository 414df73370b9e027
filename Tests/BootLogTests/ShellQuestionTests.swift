import BootLog
import SeededGenerator
import Testing

@Suite struct ShellQuestionTests {
  /// A question with its two factors, read back from its keys.
  func question(seed: UInt64) throws -> (ShellQuestion, keys: String, answer: String) {
    var random = SeededGenerator(seed: seed)
    let question = ShellQuestion(using: &random)
    let keys = String(decoding: question.keys, as: UTF8.self)
    let factors = keys.split { !$0.isNumber }.compactMap { Int($0) }
    try #require(factors.count == 2)
    return (question, keys, String(factors[0] * factors[1]))
  }

  func isAnswered(_ question: ShellQuestion, by text: String) -> Bool {
    var question = question
    return question.consume(Array(text.utf8).span)
  }

  @Test(arguments: 1...50)
  func theEchoNeverHoldsTheAnswer(seed: UInt64) throws {
    let (question, keys, answer) = try question(seed: seed)
    #expect(keys == "echo $((" + keys.dropFirst(8).dropLast(3) + "))\n")
    #expect(answer.count >= 6, "seed \(seed)")
    #expect(!isAnswered(question, by: "/ # \u{1B}[6n" + keys + keys), "seed \(seed)")
  }

  @Test(arguments: 1...50)
  func aLineOfItsOwnAnswersAtAnyChunkBorders(seed: UInt64) throws {
    var (question, keys, answer) = try question(seed: seed)
    var random = SeededGenerator(seed: seed)
    let log = "/ # \u{1B}[6n" + keys + "\r\r\n" + answer + "\r\r\n/ # "
    for piece in random.pieces(of: Array(log.utf8)) { _ = question.consume(piece.span) }
    #expect(question.isAnswered, "seed \(seed)")
  }

  @Test func anythingElseOnTheLineIsNoAnswer() throws {
    let (question, _, answer) = try question(seed: 7)
    for line in ["1\(answer)\n", "\(answer)0\n", "\(answer) \n", "[ 1.0] \(answer)\n", answer] {
      #expect(!isAnswered(question, by: "\r\n" + line), "\(line)")
    }
    #expect(!isAnswered(question, by: "\(answer.prefix(3))\n\(answer.dropFirst(3))\n"))
  }

  @Test func questionsDiffer() throws {
    #expect(try question(seed: 1).keys != question(seed: 2).keys)
  }
}
