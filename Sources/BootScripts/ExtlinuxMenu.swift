/// extlinux.conf, which U-Boot's own boot sequence reads before any boot.scr. It can start Linux, and
/// not Xen, whose modules it does not know.
public struct ExtlinuxMenu: Sendable, Hashable {
  /// One set of files. The paths are those on the boot partition, without a leading slash.
  public struct Label: Sendable, Hashable {
    public var name: String
    public var kernel: String
    public var initrd: String
    public var tree: String

    public init(name: String, kernel: String, initrd: String, tree: String) {
      self.name = name
      self.kernel = kernel
      self.initrd = initrd
      self.tree = tree
    }
  }

  /// The board's title for people.
  public var title: String
  public var arguments: String
  /// In the order in which they are tried; at least one.
  public var labels: [Label]

  public init(title: String, arguments: String, labels: [Label]) {
    self.title = title
    self.arguments = arguments
    self.labels = labels
  }

  /// Where U-Boot looks for it on the boot partition.
  public static let path = "extlinux/extlinux.conf"

  public func text(template: ScriptTemplate) throws(ScriptError) -> String {
    let arguments = try ExtlinuxValue.escaping(arguments, as: "kernel's command line")
    var rows: [Gaps] = []
    for label in labels {
      rows.append(
        Gaps(values: [
          "label": try HushText.fileName(label.name),
          "kernel": try HushText.fileName(label.kernel),
          "initrd": try HushText.fileName(label.initrd),
          "tree": try HushText.fileName(label.tree),
          "arguments": arguments,
        ]))
    }
    var gaps = Gaps(values: [
      "title": try HushText.words(title, in: "board's title"),
      "first": labels.first?.name ?? "",
    ])
    gaps.sections["labels"] = Gaps.Section(rows)
    return try template.render(gaps)
  }
}
