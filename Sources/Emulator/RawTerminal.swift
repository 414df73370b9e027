import Glibc
import SystemPackage

/// A terminal that passes every key on at once, Ctrl-C among them, and shows none by itself.
/// However this value goes, the terminal is as it was before.
///
/// Output is left as it is, so that lines of ours still end in CR LF.
struct RawTerminal: ~Copyable {
  private let descriptor: FileDescriptor
  private let before: termios

  /// Nil where `descriptor` is no terminal.
  init?(_ descriptor: FileDescriptor) {
    var settings = termios()
    guard tcgetattr(descriptor.rawValue, &settings) == 0 else { return nil }
    self.descriptor = descriptor
    self.before = settings
    settings.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
    settings.c_iflag &= ~tcflag_t(IXON | ICRNL | INLCR | ISTRIP | BRKINT)
    tcsetattr(descriptor.rawValue, TCSANOW, &settings)
  }

  deinit {
    var before = before
    tcsetattr(descriptor.rawValue, TCSANOW, &before)
  }

  /// Restores the terminal now.
  consuming func restore() {}
}
