import Diagnostics
import Files
import Measures
import SystemPackage
import Testing

/// The words for what can go wrong.
@Suite struct FileErrorTests {
  struct Words: Sendable, CustomTestStringConvertible {
    let error: FileError
    let message: String
    let help: String
    var testDescription: String { message }
  }

  static let path: FilePath = "out/card.img"

  @Test(arguments: all) func says(words: Words) {
    #expect(words.error.diagnostic.message == words.message)
    #expect(words.error.diagnostic.help == words.help)
  }

  /// Every number the system could give has an answer.
  @Test func everyErrorHasWords() {
    for operation in FileError.Operation.allCases {
      for number in 0...140 as ClosedRange<CInt> {
        let error = FileError.system(operation, Self.path, Errno(rawValue: number))
        #expect(error.diagnostic.message.contains("out/card.img"))
        #expect(error.diagnostic.help?.isEmpty == false)
      }
    }
  }

  static let all: [Words] = [
    Words(
      error: .system(.write, path, .noSpace),
      message: "no space left on the disk that holds out/card.img",
      help: "free some space there (df -h out), or choose another output folder"),
    Words(
      error: .system(.write, "card.img", .diskQuotaExceeded, wanted: .mebibytes(64)),
      message: "your disk quota leaves no space for 64 MiB on the disk that holds card.img",
      help: "free some space there (quota), or choose another output folder"),
    Words(
      error: .system(.open, path, .permissionDenied),
      message: "no permission to open out/card.img",
      help: "look at the permissions with: ls -ld out out/card.img"),
    Words(
      error: .system(.inspect, path, .noSuchFileOrDirectory),
      message: "out/card.img does not exist", help: "check the name, or create the file"),
    Words(
      error: .system(.create, path, .noSuchFileOrDirectory),
      message: "the folder that shall hold out/card.img does not exist",
      help: "create it with: mkdir -p out"),
    Words(
      error: .system(.replace, path, .isDirectory),
      message: "out/card.img is a folder, not a file", help: "name a file in it"),
    Words(
      error: .system(.create, path, .readOnlyFileSystem),
      message: "the disk that holds out/card.img is read-only",
      help: "choose another output folder, or mount the disk for writing"),
    Words(
      error: .system(.read, path, .ioError),
      message: "cannot read out/card.img: Input/output error",
      help: "mend what the system complains of, then run the command again"),
    Words(
      error: .notFile("/dev/sda", .blockDevice),
      message: "/dev/sda is a block device, not a file", help: "name a regular file"),
    Words(
      error: .tooLarge(path, size: .mebibytes(20), limit: .mebibytes(16)),
      message: "out/card.img is 20 MiB long, and at most 16 MiB are read",
      help: "check that it is the file you mean"),
    Words(
      error: .locked("out/.lock"),
      message: "another ctboot is at work here: it holds the lock out/.lock",
      help: "wait until it has finished, or end it"),
  ]
}
