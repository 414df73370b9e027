public import StrictYAML

/// Where a distribution of Linux keeps what a board boots.
public struct Distribution: Sendable, Hashable {
  /// A file of a package.
  public struct PackagedFile: Sendable, Hashable {
    public let package: String
    /// Where the package is only a pointer: how the name of the real one among its dependencies
    /// starts.
    public let through: String?
    /// The file's path in the package. One `*` may stand for any text, slashes too.
    public let member: String
    public let source: String
  }

  public let name: String
  public let title: String
  /// Debian's word for the boards' architecture: `armhf`.
  public let architecture: String
  public let xen: PackagedFile
  public let kernel: PackagedFile
  /// The kernel's configuration, in the same package as the kernel.
  public let config: PackagedFile
  /// A folder of trees; the board's file name is put after it.
  public let tree: PackagedFile
  public let busybox: PackagedFile

  /// `file` is its name for errors, and its stem must be the distribution's name.
  public init(text: String, file: String) throws(YAMLError) {
    try self.init(YAMLDocument(text: text, file: file), file: file)
  }

  /// As `init(text:file:)`, from a file that has been parsed.
  public init(_ document: YAMLDocument, file: String) throws(YAMLError) {
    self = try document.root.mapping { (keys) throws(YAMLError) in
      try Distribution(&keys, file: file)
    }
  }

  private init(_ keys: inout YAMLMapping, file: String) throws(YAMLError) {
    name = try keys.required("distribution").name(ofFile: file)
    title = try keys.required("title").string()
    architecture = try keys.required("architecture").name()
    (xen, kernel, config, tree, busybox) = try keys.required("packages").mapping {
      (packages) throws(YAMLError) in
      (
        try PackagedFile(packages.required("xen")), try PackagedFile(packages.required("kernel")),
        try PackagedFile(packages.required("config")),
        try PackagedFile(packages.required("tree"), isFolder: true),
        try PackagedFile(packages.required("busybox"))
      )
    }
  }
}

extension Distribution.PackagedFile {
  init(_ value: YAMLValue, isFolder: Bool = false) throws(YAMLError) {
    self = try value.mapping { (keys) throws(YAMLError) in
      Distribution.PackagedFile(
        package: try keys.required("package").packageName(),
        through: try keys.optional("through")?.packageName(),
        member: try keys.required("member").memberPath(isFolder: isFolder),
        source: try keys.required("source").string())
    }
  }
}

extension YAMLValue {
  /// A package's name, or how one begins.
  fileprivate func packageName() throws(YAMLError) -> String {
    let name = try string()
    guard PackageName.isValid(name) else {
      throw wrong(wanted: "the name of a Debian package, in lower case")
    }
    return name
  }

  /// A path in a package, or one of a folder, with at most one `*`.
  fileprivate func memberPath(isFolder: Bool) throws(YAMLError) -> String {
    let path = isFolder ? try folderPath() : try relativePath()
    guard path.count(where: { $0 == "*" }) <= 1 else {
      throw wrong(wanted: "a path with at most one `*`")
    }
    return path
  }
}
