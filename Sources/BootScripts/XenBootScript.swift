public import Measures

/// The U-Boot script that loads Xen, its modules and the tree, and enters Xen.
public struct XenBootScript: Sendable, Hashable {
  /// One file of the boot partition that goes to a fixed address.
  public struct Load: Sendable, Hashable {
    /// In the words of a sentence: `dom0's kernel`.
    public let name: String
    /// Its path on the partition that the script came from.
    public let file: String
    public let address: Address
    /// How many bytes it has to have. The tree was made for them, so another file is refused.
    public let size: ByteCount

    public init(name: String, file: String, address: Address, size: ByteCount) {
      self.name = name
      self.file = file
      self.address = address
      self.size = size
    }
  }

  /// The board's name and its title for people.
  public var board: String
  public var title: String
  public var loads: [Load]
  /// Where Xen and the tree were loaded to.
  public var xen: Address
  public var tree: Address
  /// The memory that U-Boot may use for its copy of the tree (`bootm_low`, `bootm_size`).
  public var bootWindow: AddressRange

  public init(
    board: String, title: String, loads: [Load], xen: Address, tree: Address,
    bootWindow: AddressRange
  ) {
    self.board = board
    self.title = title
    self.loads = loads
    self.xen = xen
    self.tree = tree
    self.bootWindow = bootWindow
  }

  /// The script's text, made from a template with these values in it.
  ///
  /// Numbers are written as U-Boot reads them: addresses with `0x`, sizes as the bare lower-case
  /// hexadecimal digits that `${filesize}` holds after a load.
  public func text(template: ScriptTemplate) throws(ScriptError) -> String {
    var rows: [[String: String]] = []
    for load in loads {
      rows.append([
        "name": try HushText.words(load.name, in: "name of a file"),
        "file": try HushText.fileName(load.file),
        "address": load.address.description,
        "size": String(load.size.rawValue, radix: 16),
      ])
    }
    return try template.render(
      values: [
        "board": try HushText.words(board, in: "board's name"),
        "title": try HushText.words(title, in: "board's title"),
        "xen": xen.description,
        "tree": tree.description,
        "bootm_low": bootWindow.start.description,
        "bootm_size": Address(bootWindow.size.rawValue).description,
      ],
      lists: ["loads": rows])
  }
}
