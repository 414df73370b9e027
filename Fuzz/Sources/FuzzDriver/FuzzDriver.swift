import CLibFuzzer
import Foundation

/// Hands the program over to libFuzzer, with the words of its command line. Our own entry point
/// calls it, since the build renames the one that the library brings along.
public func runFuzzer(
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> Never {
  var count = CommandLine.argc
  var words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
  exit(LLVMFuzzerRunDriver(&count, &words, test))
}

/// What libFuzzer gives, as the bytes that a reader takes.
public func bytes(_ data: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
  Array(UnsafeBufferPointer(start: data, count: count))
}

/// Turns the run red: what has to be true of every input was not true of this one.
public func require(_ holds: Bool, _ what: @autoclosure () -> String) {
  if !holds { fatalError(what()) }
}
