import Diagnostics
import StrictYAML

extension Project.Root {
  /// `busybox`, an archive, a folder, several of them, or a mapping:
  ///
  ///     root:
  ///       from: [base.tar.xz, overlay]
  ///       owners: owners.txt
  ///       files: { /etc/hostname: hostname, /sbin/probe: { from: probe, mode: 0755, owner: 0:0 } }
  ///       devices: true
  init(_ value: YAMLValue) throws(YAMLError) {
    if let text = try? value.string() {
      switch text {
      case "busybox": self = .busybox
      case "debian": throw value.wrong(wanted: Self.wanted)
      default:
        var content = Project.RootContent(span: value.span)
        content.layers = [try value.layer()]
        self = .volume(content)
      }
      return
    }
    var content = Project.RootContent(span: value.span)
    if (try? value.list()) != nil {
      content.layers = try value.layers()
    } else {
      content = try value.mapping { (keys) throws(YAMLError) in
        var read = Project.RootContent(span: value.span)
        if let from = keys.optional("from") { read.layers = try from.layers() }
        read.owners = try keys.optional("owners")?.layer()
        read.files = try keys.optional("files")?.rootFiles() ?? []
        read.allowsDevices = try keys.optional("devices")?.bool() ?? false
        return read
      }
    }
    guard !content.layers.isEmpty || !content.files.isEmpty else {
      throw value.wrong(wanted: Self.wanted)
    }
    self = .volume(content)
  }

  private static let wanted = "`busybox`, an archive, a folder, or a list of these"
}

extension YAMLValue {
  fileprivate func layers() throws(YAMLError) -> [String] {
    guard let items = try? list() else { return [try layer()] }
    var layers: [String] = []
    for item in items { layers.append(try item.layer()) }
    return layers
  }

  fileprivate func layer() throws(YAMLError) -> String {
    let text = try string()
    guard !text.isEmpty, !text.hasPrefix("nfs:"), text != "debian", !text.hasPrefix("debian:")
    else { throw wrong(wanted: "the path of an archive or a folder") }
    return text
  }

  fileprivate func rootFiles() throws(YAMLError) -> [Project.RootFile] {
    var files: [Project.RootFile] = []
    for (path, span, value) in try entries() {
      guard path.hasPrefix("/"), !path.hasSuffix("/"), !path.split(separator: "/").contains("..")
      else {
        throw .wrongValue(
          wanted: "a path in the root, such as /etc/hostname", found: "`\(path)`", at: span)
      }
      if let file = try? value.string() {
        files.append(Project.RootFile(path: path, file: file))
        continue
      }
      files.append(
        try value.mapping { (keys) throws(YAMLError) in
          var file = Project.RootFile(path: path, file: try keys.required("from").string())
          file.mode = try keys.optional("mode")?.mode()
          if let owner = keys.optional("owner") { (file.owner, file.group) = try owner.owner() }
          return file
        })
    }
    return files
  }

  /// `0755`, in octal digits as chmod takes them.
  private func mode() throws(YAMLError) -> UInt16 {
    guard let text = try? string(), (3...5).contains(text.utf8.count),
      let mode = UInt16(text, radix: 8), mode <= 0o7777
    else { throw wrong(wanted: "permissions in octal digits, such as 0755") }
    return mode
  }

  /// `0:0`: names would mean another number on another machine.
  private func owner() throws(YAMLError) -> (UInt32, UInt32) {
    let parts = try string().split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let owner = UInt32(parts[0]), let group = UInt32(parts[1]),
      // The last number means nobody.
      max(owner, group) < .max
    else {
      throw wrong(wanted: "two numbers such as 0:0, of the owner and the group")
    }
    return (owner, group)
  }
}
