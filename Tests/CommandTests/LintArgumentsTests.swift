import ArgumentParser
import BuiltProgram
import SeededGenerator
import Testing

@testable import ctboot

/// Plain command lines of `lint` are read without ArgumentParser, to the same values.
@Suite struct LintArgumentsTests {
  /// What ArgumentParser makes of the words; nil for what it refuses.
  private func parsed(_ words: [String]) -> LintArguments? {
    ((try? Ctboot.parseAsRoot(words)) as? LintCommand)?.arguments
  }

  @Test(arguments: [
    "lint a.dtb", "lint --xen 4.17 a.dtb b.dts", "lint a --xen=4.17", "lint -q a -q b",
    "lint --fail-on never --format json --color always a",
    "lint -p x.yaml -I include -I more a.dts",
    "lint --select gic-cells,dtc --select chosen --ignore=dtc a", "lint --xen 4.4 --xen 4.17 a",
    "lint --load xen@0x42000000 --load dom0@5000 --tree-address 43000000 a.dtb",
    "lint --baseline known.json --fix a", "lint --write-baseline known.json --environment e.txt a",
    "lint --board=cubietruck --include=x --project=p.yaml a b c", "lint lint help",
  ])
  func plainLinesAreReadAlike(line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let read = try #require(LintArguments(plain: words), "\(line) is not plain")
    #expect(read == parsed(words))
  }

  @Test(arguments: [
    "", "lint", "build", "help lint", "lint -h", "lint a --help", "lint --version a", "lint -- a",
    "lint a --xen", "lint a --xen x", "lint --xen --fix a", "lint -Iinclude a", "lint -qv a",
    "lint -q -v a", "lint --frob a", "lint --format yaml a", "lint --fail-on=sometimes a",
    "lint --baseline a --write-baseline b c", "lint --load a b", "lint --xen= a",
    "lint --fix=yes a",
    "lint --generate-completion-script bash", "lint --tree-address xyz a", "lint -p=x a",
    "lint - a",
    "-q lint a",
  ])
  func othersAreLeft(line: String) {
    #expect(LintArguments(plain: line.split(separator: " ").map(String.init)) == nil)
  }

  /// What may be ended at any moment, and what has to be told of it first.
  @Test(arguments: [
    ("lint a.dtb", true), ("lint a.dtb b.dtbo --xen 4.17 --baseline x", true),
    ("lint a.dtb --fix", false), ("lint a.dtb --write-baseline x", false),
    ("lint a.dtb b.dts", false), ("lint folder", false), ("lint a.dtbo --base b.dts", false),
  ])
  func aSignalMayEndIt(line: String, isSo: Bool) throws {
    let words = line.split(separator: " ").map(String.init)
    #expect(try #require(LintArguments(plain: words)).onlyReads == isSo)
  }

  /// Whatever is read here is read so by ArgumentParser too.
  @Test(arguments: 0..<8 as Range<UInt64>)
  func anyWords(seed: UInt64) {
    let pool = [
      "a.dtb", "b", "", "-", "--", "-q", "-v", "--quiet", "--verbose", "--fix", "--xen", "4.17",
      "--xen=4.4", "--board", "--format", "json", "--format=text", "--select", "dtc", "--ignore",
      "--fail-on", "never", "--baseline", "--write-baseline", "-I", "--include=x", "-Ix", "--load",
      "x@40", "--load=y@0x50", "--tree-address", "44000000", "--environment", "-p", "--project=y",
      "--color", "auto", "--color=never", "-h", "--help", "help", "-qv", "--xen==", "=", "--=a",
      "lint",
    ]
    var random = SeededGenerator(seed: seed)
    var plain = 0
    for _ in 0..<250 {
      let count = Int.random(in: 1...7, using: &random)
      let words = ["lint"] + (0..<count).compactMap { _ in pool.randomElement(using: &random) }
      guard let read = LintArguments(plain: words) else { continue }
      plain += 1
      #expect(read == parsed(words), "seed \(seed): \(words)")
    }
    #expect(plain > 10)
  }

  /// Every option that help names can be read at a glance.
  @Test func noOptionIsForgotten() {
    let values = [
      "--xen": "4.17", "--format": "json", "--fail-on": "info", "--color": "never", "--load": "a@4",
      "--tree-address": "44", "--select": "dtc", "--ignore": "dtc",
    ]
    let help = LintCommand.helpMessage(columns: 1000)
    let options = help.matches(of: /\n +(?:-\w, )?(--[a-z-]+)(?: <[^>]+>)?/).map {
      (String($0.output.1), $0.output.0.contains("<"))
    }.filter { !["--version", "--help"].contains($0.0) }
    #expect(options.count >= 16, "\(help)")
    for (option, hasValue) in options {
      let words = ["lint", option] + (hasValue ? [values[option] ?? "x"] : []) + ["a.dtb"]
      #expect(LintArguments(plain: words) != nil, "\(words)")
    }
  }
}
