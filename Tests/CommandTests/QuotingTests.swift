import BootScripts
import Foundation
import SeededGenerator
import Testing

/// Values as they are written into scripts, held against what the real U-Boot makes of them.
@Suite(.serialized) struct QuotingTests {
  /// What its shells do something with, alone and in company.
  static let nasty = [
    "plain", "two words", " blanks  around ", "a;b", ";", "reset;", "$", "$x", "${x}", "$?", "a$",
    "'", "it's", "''", "'a'", "\"", "\"a b\"", "\"a'b\"", "'a\"b'", "\\", "\\\\", "\\n", "a\\",
    "\\'", "'\\", "\\\"", "\\;", "\\ ", "\\$x", "#", "# no comment", "a#b", "&", "&&", "a&b", "|",
    "||", "a|b", "*", "?", "[a]", "*.*", "`x`", "(a)", "{a}", "<a>", "!", "~", "a=b", "=", "-f",
    "if", "then", "a\tb", "grüße", "Größe; 'ü' $x", "日本",
    "console=ttyS0,115200 root=/dev/mmcblk0p1",
    "dyndbg=\"file a.c +p; file b.c +p\" quote='x' path=C:\\dir\\ cost=$5 #1 & a|b",
  ]

  /// Random ones, of the same stuff.
  static func random(seed: UInt64, count: Int) -> [String] {
    var generator = SeededGenerator(seed: seed)
    let pieces = nasty.flatMap(\.unicodeScalars) + Array("'\\\"$; '\\\\".unicodeScalars)
    return (0..<count).map { _ in
      var text = ""
      for _ in 0..<Int.random(in: 1...60, using: &generator) {
        if let piece = pieces.randomElement(using: &generator) {
          text.unicodeScalars.append(piece)
        }
      }
      return text
    }
  }

  static func seed() -> UInt64 {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed of the random values: \(seed)")
    return seed
  }

  /// What `printenv` says of v0, v1 … is their values.
  private func expect(
    _ values: [String], in output: String, seed: UInt64,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let lines = Set(output.split(separator: "\n"))
    let wrong = values.indices.filter { !lines.contains("v\($0)=\(values[$0])") }
    #expect(
      wrong.map { values[$0] } == [], "seed \(seed)", sourceLocation: sourceLocation)
  }

  /// `setenv` as the shell reads it, at the top of a script and inside of its words.
  @Test func wordsOfCommands() async throws {
    let seed = Self.seed()
    let values = Self.nasty + Self.random(seed: seed, count: 200)
    var script = "setenv x wrong\n"
    for (index, value) in values.enumerated() {
      let command = "setenv v\(index) \(try HushWord.quoting(value, as: "value"))"
      script += index % 2 == 0 ? command + "\n" : "if true; then \(command); fi\n"
    }
    for index in values.indices { script += "printenv v\(index)\n" }
    let output = try await RealUBoot.output(of: script)
    expect(values, in: output, seed: seed)
  }

  /// Lines of a text that is imported, and a whole script in one of them.
  @Test func valuesOfEnvironments() async throws {
    let seed = Self.seed()
    let values = Self.nasty + Self.random(seed: seed, count: 200)
    var text = "# a comment\n"
    for (index, value) in values.enumerated() {
      text += "v\(index)=\(try EnvironmentValue.escaping(value, as: "value"))\n"
    }
    var script = "# in a variable\nif true; then\n  echo it runs\nfi\n"
    script += "setenv w \(try HushWord.quoting("it's \\ $x", as: "value"))\nprintenv w\n"
    text += "run_me=\(try EnvironmentValue.escaping(script, isScript: true, as: "script"))\n"
    var commands = "env import -t 0x43000000 0x\(String(text.utf8.count, radix: 16))\nrun run_me\n"
    for index in values.indices { commands += "printenv v\(index)\n" }
    let output = try await RealUBoot.output(
      of: commands, files: [.init(text, at: 0x4300_0000)])
    #expect(output.contains("\nit runs\nw=it's \\ $x\n"), "\(output.prefix(500))")
    expect(values, in: output, seed: seed)
  }

  /// `append` of an extlinux.conf, by the code that reads one.
  @Test func commandLinesOfExtlinux() async throws {
    let seed = Self.seed()
    let values = (Self.nasty + Self.random(seed: seed, count: 60)).filter { !$0.contains("\t") }
    var files: [RealUBoot.File] = []
    var commands = "setenv x wrong\nsetenv localcmd printenv bootargs\n"
    var text = ""
    // The files lie one behind the other, each in its own 4 KiB.
    for (index, value) in values.enumerated() {
      let line = try ExtlinuxValue.escaping("a" + value, as: "value")
      var file = "default t\nprompt 0\nlabel t\n  localboot 1\n  append \(line)\n\0"
      file += String(repeating: "\0", count: 4096 - file.utf8.count)
      text += file
      let address = 0x4300_0000 + index * 4096
      commands += "echo number \(index)\npxe boot 0x\(String(address, radix: 16))\n"
    }
    files.append(.init(text, at: 0x4300_0000))
    let output = try await RealUBoot.output(of: commands, files: files)
    let parts = output.components(separatedBy: "\nnumber ").dropFirst()
    try #require(parts.count == values.count)
    let wrong = zip(values, parts).filter { value, part in
      !part.split(separator: "\n").contains("bootargs=a\(value)")
    }
    #expect(wrong.map(\.0) == [], "seed \(seed)")
  }

  @Test func whatNoScriptCanCarry() {
    for text in ["a\nb", "a\rb", "a\0b", "\u{3}", "\u{4}", "\u{7F}"] {
      #expect(throws: ScriptError.unprintable(text, place: "p")) {
        try HushWord.quoting(text, as: "p")
      }
      #expect(throws: ScriptError.unprintable(text, place: "p")) {
        try EnvironmentValue.escaping(text, as: "p")
      }
      #expect(throws: ScriptError.unprintable(text, place: "p")) {
        try ExtlinuxValue.escaping(text, as: "p")
      }
    }
    let long = String(repeating: "x", count: ExtlinuxValue.limit)
    #expect(throws: ScriptError.tooLong(place: "p", length: 512, limit: 511)) {
      try ExtlinuxValue.escaping(long, as: "p")
    }
  }
}
