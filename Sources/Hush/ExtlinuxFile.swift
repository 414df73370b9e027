/// `extlinux.conf`, as U-Boot reads it (`boot/pxe_utils.c`).
///
/// ```
/// default debian
/// label debian
///   linux /vmlinuz
///   initrd /initrd.img
///   fdt /board.dtb
///   append console=ttyS0,115200
/// ```
public struct ExtlinuxFile: Sendable, Hashable {
  /// A value and where it stands.
  public struct Value: Sendable, Hashable {
    public let text: [UInt8]
    public let range: Range<Int>
  }

  /// One thing that can be booted. Of `initrd`, `fdt`, `fdtdir` and `fdtoverlays` the first counts,
  /// of `linux` and `append` the last.
  public struct Label: Sendable, Hashable {
    public internal(set) var name: Value
    public internal(set) var menu: Value?
    /// From `linux` or `kernel`, up to a number sign: what follows one names a FIT configuration.
    public internal(set) var kernel: Value?
    public internal(set) var configuration: [UInt8]?
    public internal(set) var append: Value?
    public internal(set) var initrd: Value?
    public internal(set) var fdt: Value?
    public internal(set) var fdtdir: Value?
    public internal(set) var fdtoverlays: Value?
    public internal(set) var localboot: Value?
  }

  /// A line that U-Boot passes over, or at which it gives up.
  public struct Complaint: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
      /// `Ignoring unknown command`
      case unknownCommand
      /// `Ignoring malformed menu command`
      case malformedMenu
      /// A keyword that lacks its value: the whole file is given up.
      case missingValue
    }
    public let kind: Kind
    public let range: Range<Int>
  }

  public internal(set) var labels: [Label] = []
  public internal(set) var defaultLabel: Value?
  public internal(set) var title: Value?
  /// In tenths of a second.
  public internal(set) var timeout: Value?
  /// Whether a `menu` was seen, which makes U-Boot show one.
  public internal(set) var showsMenu = false
  /// Files that are to be read at these places. What they say is not in here.
  public internal(set) var includes: [Value] = []
  public internal(set) var complaints: [Complaint] = []

  /// Whether U-Boot takes the file; it gives up at a keyword without its value.
  public var isAccepted: Bool { !complaints.contains { $0.kind == .missingValue } }

  public init(_ text: [UInt8]) {
    var reader = ExtlinuxReader(text)
    reader.read()
    self = reader.file
  }

  init() {}

  /// What is tried first: the default label, else the first one.
  public var first: Label? {
    defaultLabel.flatMap { name in labels.first { $0.name.text == name.text } } ?? labels.first
  }
}
