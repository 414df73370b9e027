import Glibc

/// The C locale, in which names are bytes, for one thread at a time, whatever the program has set.
struct CLocale: ~Copyable {
  private let own = newlocale(CInt(1) << LC_CTYPE, "C", nil)

  deinit {
    if let own { freelocale(own) }
  }

  /// Sets it for this thread, and answers what was set before.
  func enter() -> locale_t? { own.flatMap { uselocale($0) } }

  func leave(to before: locale_t?) {
    if let before { uselocale(before) }
  }
}
