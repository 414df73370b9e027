public import Measures

/// uEnv.txt for the sunxi U-Boot of 2013 and 2014 (linux-sunxi's, up to v2014.04), which starts a
/// kernel with a device tree, or a vendor's kernel with script.bin.
///
/// ```
/// dtb unset:  script.bin at SCRIPT  kernel at VENDOR                 bootm VENDOR [RAMDISK]
/// dtb set:    kernel at KERNEL      tree at TREE                     bootm KERNEL -|RAMDISK TREE
/// ```
public struct LegacyEnvironment: Sendable, Hashable {
  /// Where everything goes.
  public struct Places: Sendable, Hashable {
    /// script.bin, and the kernel that reads it.
    public var script: Address
    public var vendorKernel: Address
    /// The kernel that takes a tree, and the tree.
    public var kernel: Address
    public var tree: Address
    public var initrd: Address

    public init(
      script: Address, vendorKernel: Address, kernel: Address, tree: Address, initrd: Address
    ) {
      self.script = script
      self.vendorKernel = vendorKernel
      self.kernel = kernel
      self.tree = tree
      self.initrd = initrd
    }
  }

  public var board: String
  public var title: String
  public var arguments: String
  /// Paths on the boot partition: of the legacy images, the tree, script.bin.
  public var kernel: String
  public var initrd: String?
  public var tree: String
  public var script: String
  /// Whether the kernel gets the tree.
  public var takesTree: Bool
  public var places: Places
  public var source: FileSource
  /// Folders that hold the files, in the order in which they are tried; the empty one is the top.
  public var folders: [String]

  public init(
    board: String, title: String, arguments: String, kernel: String, initrd: String?, tree: String,
    script: String, takesTree: Bool, places: Places, source: FileSource = .partition,
    folders: [String] = [""]
  ) {
    self.board = board
    self.title = title
    self.arguments = arguments
    self.kernel = kernel
    self.initrd = initrd
    self.tree = tree
    self.script = script
    self.takesTree = takesTree
    self.places = places
    self.source = source
    self.folders = folders
  }

  public func text(template: ScriptTemplate) throws(ScriptError) -> String {
    var gaps = Gaps(values: [
      "board": try HushText.words(board, in: "board's name"),
      "title": try HushText.words(title, in: "board's title"),
      "arguments": try EnvironmentValue.escaping(arguments, as: "kernel's command line"),
      "kernel": try HushText.fileName(kernel),
      "tree": try HushText.fileName(tree),
      "script": try HushText.fileName(script),
      "script_address": places.script.description,
      "vendor_address": places.vendorKernel.description,
      "kernel_address": places.kernel.description,
      "tree_address": places.tree.description,
      "initrd_address": places.initrd.description,
    ])
    gaps.sections["has_tree"] = Gaps.Section(if: takesTree)
    var ramdisk: [Gaps] = []
    if let initrd { ramdisk.append(Gaps(values: ["file": try HushText.fileName(initrd)])) }
    gaps.sections["ramdisk"] = Gaps.Section(ramdisk, like: Gaps(values: ["file": ""]))
    gaps.sections["network"] = BootScript.network(source)
    var rows: [Gaps] = []
    for folder in folders {
      rows.append(Gaps(values: ["folder": folder.isEmpty ? "" : try HushText.fileName(folder)]))
    }
    gaps.sections["folders"] = Gaps.Section(rows, like: Gaps(values: ["folder": ""]))
    return try template.render(gaps)
  }
}
