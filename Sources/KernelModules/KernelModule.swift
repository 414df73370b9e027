import Bytes

/// What a kernel module says of itself, in its section `.modinfo`:
///
///     license=GPL\0alias=fs-ext4\0depends=jbd2,mbcache,crc16\0name=ext4\0vermagic=6.1.0 SMP …\0
///
/// The file must have been unpacked before.
///
/// Source: Linux `include/linux/moduleparam.h` (`__MODULE_INFO`), `scripts/mod/modpost.c`.
public struct KernelModule: Sendable, Hashable {
  /// What the code is for, as ELF numbers it (`e_machine`): 40 is ARM, 183 is AArch64.
  public let machine: UInt16
  /// The name that it gives itself; modules from before Linux 4.13 give none.
  public let name: ModuleName?
  /// What must be loaded before it.
  public let depends: [ModuleName]
  /// What should be loaded before it where it is there: `softdep=pre: crypto-crc32c`. Modules or aliases.
  public let wishes: [String]
  /// By which the kernel asks for it: `fs-ext4`, `of:N*T*Callwinner,sun7i-a20-mmc`.
  public let aliases: [String]
  /// The kernel that it was built for: `6.1.0-50-armmp SMP mod_unload modversions ARMv7 p2v8`.
  public let versionMagic: String?
  public let license: String?

  /// The first word of the version magic: `6.1.0-50-armmp`.
  public var release: String? {
    versionMagic?.split(separator: " ").first.map { String($0) }
  }

  public init(parsing bytes: RawSpan) throws(KernelModuleFault) {
    guard bytes.matches("\u{7F}ELF", at: 0) else { throw .notELF }
    guard let sections = ELFSections(bytes) else { throw .damaged }
    guard let place = sections.section(named: ".modinfo", in: bytes) else { throw .noInformation }
    machine = sections.machine

    var name: ModuleName?
    var depends: [ModuleName] = []
    var wishes: [String] = []
    var aliases: [String] = []
    var versionMagic: String?
    var license: String?
    for line in bytes.copied(place).split(separator: 0) {
      guard let mark = line.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let value = String(decoding: line[(mark + 1)...], as: UTF8.self)
      switch String(decoding: line[..<mark], as: UTF8.self) {
      case "name": name = name ?? ModuleName(value)
      case "depends":
        for word in value.split(separator: ",") {
          guard let other = ModuleName(word) else { throw .badName(String(word)) }
          depends.append(other)
        }
      case "softdep": wishes += Self.wishes(in: value)
      case "alias": aliases.append(value)
      case "vermagic": versionMagic = versionMagic ?? value
      case "license": license = license ?? value
      default: break
      }
    }
    (self.name, self.depends, self.wishes) = (name, depends, wishes)
    (self.aliases, self.versionMagic, self.license) = (aliases, versionMagic, license)
  }

  /// The words behind `pre:` in `pre: a b post: c`.
  static func wishes(in text: some StringProtocol) -> [String] {
    var words: [String] = []
    var isBefore = false
    for word in text.split(separator: " ") {
      switch word {
      case "pre:": isBefore = true
      case "post:": isBefore = false
      default: if isBefore { words.append(String(word)) }
      }
    }
    return words
  }
}

/// Why bytes cannot be read as a module.
public enum KernelModuleFault: Error, Sendable, Hashable {
  case notELF
  /// Its table of sections is not there or leaves the file.
  case damaged
  /// An ELF file without the section `.modinfo`.
  case noInformation
  /// It depends on something that cannot be a module's name.
  case badName(String)
}
