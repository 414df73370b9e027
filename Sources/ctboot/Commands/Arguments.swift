import ArgumentParser
import BootImages
import Diagnostics
import Measures
import Rulings

// What several commands take, and what is said to a value that cannot be meant.

extension XenVersion {
  /// The value of `--xen`.
  static func argument(_ text: String) throws -> XenVersion {
    guard let version = XenVersion(written: text) else {
      throw ValidationError("`\(text)` is no version of Xen such as 4.17.")
    }
    guard version >= firstOnARM else {
      throw ValidationError("There is no Xen \(text) for ARM: \(firstOnARM) was the first.")
    }
    return version
  }
}

extension Address {
  /// No ARM core has more address lines than this (Armv8.2 LPA, 52 bits); what lies beyond is a
  /// mistake in a digit, and would reach past the last address with its file.
  private static let physicalBits = 52

  /// - Parameter text: what was written for it.
  func checkIsPhysical(_ text: String) throws {
    guard rawValue >> Self.physicalBits == 0 else {
      throw ValidationError(
        "The address of `\(text)` lies beyond the \(Self.physicalBits) bits that ARM has for them.")
    }
  }
}

extension ValidationError {
  /// An id that is none.
  init(_ error: SelectionError) {
    let words = error.diagnostic
    self.init(
      words.message.prefix(1).uppercased() + words.message.dropFirst()
        + (words.help.map { "; \($0)" } ?? "."))
  }
}
