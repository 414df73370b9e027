import Foundation
import Subprocess
import SystemPackage
import Testing

/// A machine in QEMU, watched until all that is waited for stood on its serial line.
struct SerialWatch {
  /// The command that starts QEMU with the serial line on standard input and output.
  let command: String
  let folder: URL
  /// How many seconds the boot may take; a machine shared by many is slow.
  var limit = 600

  /// What the machine is asked once a text has come, if anything.
  struct Question {
    let after: String
    let keys: String
  }

  /// All that the serial line said until `wanted` was complete, or the time was over. QEMU has
  /// ended when this returns, even where the tests themselves are ended.
  ///
  /// - Parameter questions: asked one after the other, each once its text has come behind the text
  ///   that the one before waited for. On a busy machine both may come in one piece.
  func log(until wanted: [String], asking questions: Question...) async throws -> String {
    let (readEnd, writeEnd) = try FileDescriptor.pipe()
    defer {
      try? readEnd.close()
      try? writeEnd.close()
    }
    let outcome = try await Subprocess.run(
      .name("timeout"),
      arguments: ["-k", "2", "\(limit)", "sh", "-c", "exec \(command)"],
      workingDirectory: FilePath(folder.path),
      input: .fileDescriptor(readEnd, closeAfterSpawningProcess: false), output: .sequence,
      error: .discarded
    ) { process in
      var bytes: [UInt8] = []
      var log = ""
      var open = questions[...]
      var seen = 0
      for try await chunk in process.standardOutput {
        // In a string, a carriage return and what it stands before are one character.
        bytes += chunk.withUnsafeBytes { bytes in bytes.filter { $0 != 0x0D } }
        log = String(decoding: bytes, as: UTF8.self)
        while let question = open.first,
          let place = Data(bytes).range(of: Data(question.after.utf8), in: seen..<bytes.count)
        {
          open.removeFirst()
          seen = place.upperBound
          try writeEnd.writeAll(question.keys.utf8)
        }
        if wanted.allSatisfy(log.contains) { break }
        // QEMU writes the line a byte at a time; a pause lets a few more come.
        try await Task.sleep(for: .milliseconds(20))
      }
      await process.teardown(using: [.gracefulShutDown(allowedDurationToNextStep: .seconds(5))])
      return log
    }
    return outcome.closureResult
  }
}
