public import Diagnostics
public import Measures

/// A volume that cannot be made, with what is needed to say why. Paths are bytes, as in archives.
public enum Ext4Error: Error, Sendable, Hashable {
  case path([UInt8], fault: Ext4PathFault)
  /// The path is there already.
  case twice([UInt8])
  /// Something lies below a path that is no folder.
  case fileAsFolder([UInt8])
  /// A further name for a path that is not there.
  case missing([UInt8], wantedBy: [UInt8])
  /// A further name for a folder.
  case linkToFolder([UInt8])
  /// More than 65000 names for one file.
  case tooManyLinks([UInt8])
  /// A symbolic link that leads nowhere or whose target is longer than 4095 bytes.
  case target([UInt8], length: Int)
  case device([UInt8], major: UInt32, minor: UInt32)
  case fileTooLarge([UInt8], size: ByteCount)
  /// Bytes that belong before bytes already written, or behind the file's end.
  case outOfOrder([UInt8], offset: UInt64)
  /// Bytes for a file, and none was begun.
  case noFile(offset: UInt64)
  case folderTooLarge(inode: UInt32, entries: Int)
  case time([UInt8], seconds: Int64)
  case attribute([UInt8], name: [UInt8], fault: Ext4AttributeFault)
  case attributesTooLarge([UInt8], size: ByteCount)
  case option(String, value: String)
  /// No volume can have this size.
  case size(ByteCount)
  /// The content takes `missing` more than the volume has.
  case full(size: ByteCount, missing: ByteCount)
  /// More files than the volume can hold.
  case tooManyFiles(Int, limit: Int)
  /// What the output said.
  case output(Diagnostic)
}

/// Why a path cannot stand on an ext4 volume.
public enum Ext4PathFault: Sendable, Hashable {
  /// It leads to the root folder, and something else than a folder is to lie there.
  case root
  case parent
  case zeroByte
  /// A name of more than 255 bytes.
  case tooLong(bytes: Int)
}

/// Why an extended attribute cannot be kept.
public enum Ext4AttributeFault: Sendable, Hashable {
  /// Its namespace is none that ext4 knows.
  case namespace
  /// Its name behind the namespace is empty or has more than 255 bytes.
  case name
  case twice
  /// Its value is no access control list of version 2.
  case list
  /// Its value does not fit a block.
  case tooLarge
}

extension Ext4Error: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .path(let path, let fault):
      Diagnostic(.error, "ext4 cannot hold the path \(words(path)): \(fault.words)")
    case .twice(let path):
      Diagnostic(
        .error, "\(words(path)) is there twice",
        help: "leave one of them out, or remove the first before the second is added")
    case .fileAsFolder(let path):
      Diagnostic(.error, "\(words(path)) is no folder, and other files are to lie in it")
    case .missing(let path, let name):
      Diagnostic(
        .error, "\(words(name)) is to be a further name of \(words(path)), which is not there",
        help: "a hard link must follow the file it names")
    case .linkToFolder(let path):
      Diagnostic(.error, "\(words(path)) is a folder, which can have one name only")
    case .tooManyLinks(let path):
      Diagnostic(.error, "\(words(path)) has more than 65000 names, which ext4 does not allow")
    case .target(let path, let length):
      Diagnostic(
        .error,
        "the symbolic link \(words(path)) has a target of \(length) bytes; 1 to 4095 are allowed")
    case .device(let path, let major, let minor):
      Diagnostic(
        .error,
        "\(words(path)) is device \(major):\(minor); Linux knows majors to 4095, minors to 1048575")
    case .fileTooLarge(let path, let size):
      Diagnostic(.error, "\(words(path)) has \(size), and a file on ext4 has less than 16 TiB")
    case .outOfOrder(let path, let offset):
      Diagnostic(
        .error,
        "bytes of \(words(path)) for offset \(offset) came late, or lie behind the file's end")
    case .noFile(let offset):
      Diagnostic(.error, "bytes for offset \(offset) of a file came, and no file was begun")
    case .folderTooLarge(let inode, let entries):
      Diagnostic(
        .error, "the folder with inode \(inode) has \(entries) entries, more than ext4 can index",
        help: "spread the files over more folders")
    case .time(let path, let seconds):
      Diagnostic(
        .error,
        "\(words(path)) has a time \(seconds) s from 1970, and ext4 is sure of 1901 to 2310 only")
    case .attribute(let path, let name, let fault):
      Diagnostic(
        .error,
        "ext4 cannot hold the extended attribute \(words(name)) of \(words(path)): \(fault.words)")
    case .attributesTooLarge(let path, let size):
      Diagnostic(
        .error,
        "the extended attributes of \(words(path)) take \(size), and one block of 4 KiB is there")
    case .option(let name, let value):
      Diagnostic(.error, "\(value) cannot be the \(name) of an ext4 volume")
    case .size(let size):
      Diagnostic(
        .error, "an ext4 volume cannot have \(size)", help: "give it 256 KiB to 16 TiB")
    case .full(let size, let missing):
      Diagnostic(
        .error, "the files take \(missing) more than the ext4 volume of \(size) can hold",
        help: "make the volume at least \(Self.rounded(size, missing)) large, or leave files out")
    case .tooManyFiles(let count, let limit):
      Diagnostic(
        .error,
        "\(count) files, folders and links are there or asked for, and the volume can hold \(limit)",
        help: "make the volume larger; each 128 MiB can hold 32768")
    case .output(let diagnostic): diagnostic
    }
  }

  /// Reflected, so that control characters are seen and not obeyed.
  private func words(_ bytes: [UInt8]) -> String {
    String(reflecting: String(decoding: bytes, as: UTF8.self))
  }
}

extension Ext4PathFault {
  var words: String {
    switch self {
    case .root: "it is the root folder"
    case .parent: "`..` leads out of it"
    case .zeroByte: "a name has a zero byte"
    case .tooLong(let bytes): "a name has \(bytes) bytes, and 255 are allowed"
    }
  }
}

extension Ext4AttributeFault {
  var words: String {
    switch self {
    case .namespace: "only user., trusted., security. and system. are known"
    case .name: "its name is empty or longer than 255 bytes"
    case .twice: "it is there twice"
    case .list: "its value is no access control list"
    case .tooLarge: "its value does not fit a block of 4 KiB"
    }
  }
}

extension Ext4Error {
  /// The sum in whole MiB, of which partitions are made.
  private static func rounded(_ size: ByteCount, _ missing: ByteCount) -> String {
    let unit = ByteCount.mebibytes(1).rawValue
    let (sum, overflow) = size.rawValue.addingReportingOverflow(missing.rawValue)
    let (up, over) = sum.addingReportingOverflow(unit - 1)
    return ByteCount(overflow || over ? .max : up / unit * unit).compact
  }
}
