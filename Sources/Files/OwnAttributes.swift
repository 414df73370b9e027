import CLinux
import Glibc
import SystemPackage

/// A file's or folder's extended attributes, as far as they belong to it and not to the machine.
func ownAttributes(
  of path: FilePath
) throws(FileError) -> [FolderTree.Attribute] {
  var names = [CChar](repeating: 0, count: 1024)
  var count = path.withPlatformString { llistxattr($0, &names, names.count) }
  if count < 0, errno == ERANGE {
    names = [CChar](repeating: 0, count: 65536)
    count = path.withPlatformString { llistxattr($0, &names, names.count) }
  }
  // File systems without them have none.
  if count == 0 || count < 0 && errno == ENOTSUP { return [] }
  guard count > 0 else { throw .system(.read, path, Errno(rawValue: errno)) }
  var found: [FolderTree.Attribute] = []
  for name in names[..<count].split(separator: 0) {
    let bytes = name.map { UInt8(bitPattern: $0) }
    guard keptAttributes.contains(where: { bytes.starts(with: $0.utf8) }) else { continue }
    var value = [UInt8](repeating: 0, count: 65536)
    let size = try retrying(.read, path) {
      path.withPlatformString { lgetxattr($0, Array(name) + [0], &value, value.count) }
    }
    found.append(FolderTree.Attribute(name: bytes, value: Array(value.prefix(size))))
  }
  return found.sorted { $0.name.lexicographicallyPrecedes($1.name) }
}

/// How the names of those begin. Others, such as labels of SELinux, are the running system's own.
private let keptAttributes = ["user.", "security.capability", "system.posix_acl_"]
