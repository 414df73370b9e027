import BootImages
import Bytes
import FuzzDriver
import Hush
import Measures
import Rehearsal

/// Scripts, environment texts and extlinux files of any bytes are read and played. The first byte says
/// as what; script images get their sums, so that what lies in them is reached.
@main struct FuzzScript {
  static func main() { runFuzzer(fuzzScript) }

  static func test(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let text = Array(bytes.dropFirst())
    switch first % 6 {
    case 0: parse(text)
    case 1: readVariables(text)
    case 2: readExtlinux(text)
    case 3: play(text)
    case 4: source(text, isRaw: true)
    default: source(text, isRaw: false)
    }
  }

  /// Every range lies within the text, or in the line's end that the shell adds.
  static func parse(_ text: [UInt8]) {
    let index = LineIndex(text)
    for purpose in [HushParser.Purpose.script, .variable, .reparse] {
      var last = 0
      for step in HushParser.steps(text, for: purpose) {
        switch step {
        case .list(let list):
          require(list.range.lowerBound >= last, "lists go back")
          require(list.range.upperBound <= text.count + 1, "a list ends behind the text")
          last = list.range.upperBound
          visit(list.pipelines, text)
        case .fault(let fault):
          require(fault.range.upperBound <= text.count + 1, "a fault lies behind the text")
          _ = index.place(of: fault.range, file: "f")
        }
      }
    }
  }

  static func visit(_ pipelines: [HushPipeline], _ text: [UInt8]) {
    for pipeline in pipelines {
      switch pipeline.command {
      case nil: continue
      case .group(let inner, let range)?:
        require(range.upperBound <= text.count + 1, "a group ends behind the text")
        visit(inner, text)
      case .simple(let words)?:
        for word in words {
          require(word.range.upperBound <= text.count + 1, "a word ends behind the text")
          _ = word.assignedName
        }
      }
    }
  }

  static func readVariables(_ text: [UInt8]) {
    for separator in [UInt8(0x0A), 0] {
      let read = EnvironmentText(
        text, separator: separator, droppingCarriageReturns: text.count % 2 == 0)
      for entry in read.entries {
        require(entry.range.upperBound <= text.count, "an entry ends behind the text")
        require(entry.valueRange.upperBound <= text.count, "a value ends behind the text")
      }
    }
  }

  static func readExtlinux(_ text: [UInt8]) {
    let file = ExtlinuxFile(text)
    for label in file.labels {
      require(label.name.range.upperBound <= text.count, "a label ends behind the text")
    }
    _ = file.first
  }

  static var machine: Machine {
    let banks = [AddressRange(start: 0x4000_0000, size: .mebibytes(64))].compactMap { $0 }
    var machine = Machine(
      UBootProfile(
        version: "2023.01", banks: banks, commands: [],
        environment: ["loadaddr": "0x41000000", "bootm_size": "0x02000000"]))
    machine.mostCommands = 400
    machine.mostBytes = 64 << 20
    machine.keepsTrace = true
    return machine
  }

  static func play(_ text: [UInt8]) {
    var machine = machine
    // Something lies there that looks like a tree, for `fdt` and `bootz` to work on.
    try? machine.write(text, at: 0x4200_0000)
    _ = try? machine.run(script: text, from: .script("fuzz"))
  }

  /// A script image in memory, run by `source`.
  static func source(_ text: [UInt8], isRaw: Bool) {
    var machine = machine
    let image = isRaw ? text : (try? LegacyImage.script(text: text, name: "f", time: 0)) ?? text
    try? machine.write(image, at: 0x4200_0000)
    _ = try? machine.run(
      script: UBootText("source 42000000; iminfo 42000000; bootm 42000000"), from: .script("fuzz"))
  }
}

/// libFuzzer calls it with each input.
func fuzzScript(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzScript.test(bytes(data, count))
  return 0
}
