import Foundation
import Glibc

/// A QEMU whose console and monitor are read and written here. Blocks the thread that calls it; nothing
/// waits longer than it is told.
final class Emulation {
  private let process = Process()
  private let folder: URL
  private var console: Pipe
  private var monitor: Pipe

  /// The two ends of QEMU's `pipe` character device.
  private struct Pipe {
    var input: CInt
    var output: CInt
    var received = Data()
  }

  enum Failure: Error, CustomStringConvertible {
    case noPipe(String)
    case ended(String)
    case silent(waitedFor: String, received: String)
    case refused(command: String, answer: String)

    var description: String {
      switch self {
      case .noPipe(let path): "no pipe could be made at \(path)"
      case .ended(let words): "the emulator ended: \(words)"
      case .silent(let wanted, let received): "waited in vain for \(wanted) after: \(received)"
      case .refused(let command, let answer): "the emulator refused \(command): \(answer)"
      }
    }
  }

  /// - Parameter arguments: all but those of console and monitor.
  init(_ arguments: [String], in folder: URL) throws {
    self.folder = folder
    let search = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let program = search.map { "\($0)/qemu-system-arm" }.first(
      where: FileManager.default.isExecutableFile(atPath:))
    guard let program else { throw Failure.ended("qemu-system-arm is not installed") }
    for name in ["console.in", "console.out", "monitor.in", "monitor.out"] {
      let path = folder.appending(path: name).path
      guard mkfifo(path, 0o600) == 0 else { throw Failure.noPipe(path) }
    }
    // Opened for both ways, none of them waits for the other end.
    func open(_ name: String) -> CInt {
      Glibc.open(folder.appending(path: name).path, O_RDWR | O_CLOEXEC)
    }
    console = Pipe(input: open("console.in"), output: open("console.out"))
    monitor = Pipe(input: open("monitor.in"), output: open("monitor.out"))
    process.executableURL = URL(filePath: program)
    process.arguments =
      arguments + [
        "-display", "none",
        "-chardev", "pipe,id=console,path=\(folder.path)/console", "-serial", "chardev:console",
        "-chardev", "pipe,id=monitor,path=\(folder.path)/monitor",
        "-mon", "chardev=monitor,mode=control",
      ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let errors = folder.appending(path: "errors")
    try Data().write(to: errors)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    _ = try answer("the greeting", within: 30)
    try command(#"{"execute":"qmp_capabilities"}"#)
  }

  func end() {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    for pipe in [console, monitor] {
      close(pipe.input)
      close(pipe.output)
    }
  }

  // MARK: Console

  /// What came and was not taken yet.
  var received: Data { console.received }

  func type(_ text: String) { send(Array(text.utf8), to: console.input) }

  /// Waits until what was received fulfils the condition, or the time is over; tells which.
  func wait(within seconds: Double, until condition: (Data) -> Bool) throws -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while !condition(console.received) {
      guard ContinuousClock.now < end else { return false }
      try pump(milliseconds: 50)
    }
    return true
  }

  /// Takes all that came up to a text, which has to come.
  @discardableResult
  func take(to text: String, within seconds: Double = 30) throws -> Data {
    let wanted = Data(text.utf8)
    guard try wait(within: seconds, until: { $0.range(of: wanted) != nil }),
      let range = console.received.range(of: wanted)
    else {
      throw Failure.silent(
        waitedFor: text, received: Observation.text(console.received.suffix(600)))
    }
    defer { console.received = Data(console.received[range.upperBound...]) }
    return Data(console.received[..<range.lowerBound])
  }

  // MARK: Monitor

  /// Runs a command of QEMU's human monitor.
  @discardableResult
  func monitor(_ line: String) throws -> String {
    let answer = try command(
      #"{"execute":"human-monitor-command","arguments":{"command-line":"\#(line)"}}"#)
    return answer["return"] as? String ?? ""
  }

  /// Puts the machine back to a state that `savevm` kept, and forgets what it said since.
  func restore(_ name: String) throws {
    let answer = try monitor("loadvm \(name)")
    guard answer.isEmpty else { throw Failure.refused(command: "loadvm", answer: answer) }
    while try pump(milliseconds: 0) {}
    console.received = Data()
  }

  /// Bytes of the machine's memory.
  func memory(_ range: Range<UInt64>) throws -> Data {
    let file = folder.appending(path: "memory")
    try command(
      """
      {"execute":"pmemsave","arguments":{"val":\(range.lowerBound),"size":\(range.count),\
      "filename":"\(file.path)"}}
      """)
    return try Data(contentsOf: file)
  }

  @discardableResult
  private func command(_ json: String) throws -> [String: Any] {
    send(Array((json + "\n").utf8), to: monitor.input)
    while true {
      let answer = try answer(json, within: 30)
      if answer["return"] != nil { return answer }
      if let error = answer["error"] { throw Failure.refused(command: json, answer: "\(error)") }
      // Anything else is an event.
    }
  }

  /// One line of the monitor's.
  private func answer(_ wanted: String, within seconds: Double) throws -> [String: Any] {
    let end = ContinuousClock.now + .seconds(seconds)
    while true {
      if let newline = monitor.received.firstIndex(of: 0x0A) {
        let line = Data(monitor.received[..<newline])
        monitor.received = Data(monitor.received[(newline + 1)...])
        return try JSONSerialization.jsonObject(with: line) as? [String: Any] ?? [:]
      }
      guard ContinuousClock.now < end else {
        throw Failure.silent(waitedFor: wanted, received: Observation.text(monitor.received))
      }
      try pump(milliseconds: 50)
    }
  }

  // MARK: Bytes

  /// Takes what both pipes hold, so that neither can stop the emulator; tells whether there was any.
  @discardableResult
  private func pump(milliseconds: CInt) throws -> Bool {
    var polled = [
      pollfd(fd: console.output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: monitor.output, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&polled, 2, milliseconds) > 0 else {
      guard process.isRunning else {
        let words = try? String(contentsOf: folder.appending(path: "errors"), encoding: .utf8)
        throw Failure.ended(words ?? "without a word")
      }
      return false
    }
    if polled[0].revents & Int16(POLLIN) != 0 { console.received += some(of: console.output) }
    if polled[1].revents & Int16(POLLIN) != 0 { monitor.received += some(of: monitor.output) }
    return true
  }

  private func some(of descriptor: CInt) -> Data {
    var bytes = Data(count: 1 << 16)
    let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    return bytes.prefix(max(0, count))
  }

  /// What is sent is short, and a pipe holds 64 KiB.
  private func send(_ bytes: [UInt8], to descriptor: CInt) {
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }
}
