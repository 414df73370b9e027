import Measures

/// Who says where something is loaded to, and so how a person changes it.
public enum AddressSetting: Sendable, Hashable {
  /// This key under `load:` in the project file, or else the SoC's file.
  case load(String)
  /// `address:` of a file of this guest, under `domains:` in the project file.
  case guest(String, file: String)
  /// Nobody here: who does it, in the words of a sentence, and what can be done instead.
  case given(by: String, instead: String)

  /// Whether the project file can give another address.
  public var isOurs: Bool {
    switch self {
    case .load, .guest: true
    case .given: false
    }
  }

  /// The words of the project file that give an address.
  func words(_ address: String) -> String {
    switch self {
    case .load(let key): "`load: { \(key): \(address) }` in the project file"
    case .guest(let name, let file):
      "`address: \(address)` for the \(file) of \(name) under `domains:` in the project file"
    case .given(let giver, _): giver
    }
  }

  /// What to do about something that cannot lie where it is to lie.
  ///
  /// - Parameters:
  ///   - setting: nil for what nobody can move.
  ///   - nearest: where it fits, if it fits anywhere.
  static func advice(
    _ setting: AddressSetting?, for owner: String, size: ByteCount, nearest: Address?
  ) -> String {
    if case .given(let giver, let instead) = setting {
      return "it is put there by \(giver): \(instead)"
    }
    guard let nearest else {
      return "use a smaller file: no gap of \(size) is left for \(owner)"
    }
    let said = setting.map { ": \($0.words(nearest.description)), or `auto`" } ?? ""
    return "load \(owner) at \(nearest), the nearest address where it fits" + said
  }
}
