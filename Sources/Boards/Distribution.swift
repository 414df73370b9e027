public import StrictYAML

/// Where a distribution of Linux keeps what a board boots.
public struct Distribution: Sendable, Hashable {
  /// A file of a package.
  public struct PackagedFile: Sendable, Hashable {
    public let package: String
    /// Where the package is only a pointer: how the name of the real one among its dependencies
    /// starts.
    public let through: String?
    /// The file's path in the package. `*` stands for any text within one path component.
    public let member: String
    public let source: String
  }

  public let name: String
  public let title: String
  /// Debian's word for the boards' architecture: `armhf`.
  public let architecture: String
  public let xen: PackagedFile
  public let kernel: PackagedFile
  /// A folder of trees; the board's file name is put after it.
  public let tree: PackagedFile
  public let busybox: PackagedFile

  public init(text: String, file: String) throws(YAMLError) {
    let root = try YAMLDocument(text: text, file: file).root
    self = try root.mapping { (keys) throws(YAMLError) in
      try Distribution(&keys)
    }
  }

  private init(_ keys: inout YAMLMapping) throws(YAMLError) {
    name = try keys.required("distribution").string()
    title = try keys.required("title").string()
    architecture = try keys.required("architecture").string()
    (xen, kernel, tree, busybox) = try keys.required("packages").mapping {
      (packages) throws(YAMLError) in
      (
        try PackagedFile(packages.required("xen")), try PackagedFile(packages.required("kernel")),
        try PackagedFile(packages.required("tree")),
        try PackagedFile(packages.required("busybox"))
      )
    }
  }
}

extension Distribution.PackagedFile {
  init(_ value: YAMLValue) throws(YAMLError) {
    self = try value.mapping { (keys) throws(YAMLError) in
      Distribution.PackagedFile(
        package: try keys.required("package").string(),
        through: try keys.optional("through")?.string(),
        member: try keys.required("member").string(),
        source: try keys.required("source").string())
    }
  }
}
