public import Archives
public import Diagnostics
public import Ext4
public import Files
public import Measures
public import SystemPackage

/// Why a root cannot be made.
public enum RootError: Error, Sendable, Hashable {
  case archive(ArchiveError)
  case file(FileError)
  /// `source` is the archive or folder that was being read; nil where the volume as a whole is meant.
  case volume(Ext4Error, source: FilePath?)
  case member(RootMemberName, RootMemberFault)
  /// An archive with nothing in it.
  case empty(FilePath)
  case tooManyMembers(FilePath?, limit: Int)
  case tooManyBytes(FilePath?, limit: ByteCount)
  /// More comes out of an archive than its size makes credible.
  case bomb(FilePath, size: ByteCount, limit: ByteCount)
  /// The task was.
  case cancelled
}

/// A member of a source.
public struct RootMemberName: Sendable, Hashable {
  /// The archive or folder; nil for single files.
  public let source: FilePath?
  /// As the source has it.
  public let path: [UInt8]
}

/// What is the matter with a member.
public enum RootMemberFault: Sendable, Hashable {
  case climbsOut
  case zeroByte
  case tooLong(bytes: Int)
  /// Nothing but a folder can stand for the root itself.
  case root
  /// It is to lie below a path that is no folder.
  case belowFile([UInt8])
  /// The symbolic links above it lead round.
  case linkCircle
  /// It is to replace a folder.
  case overFolder
  /// A further name for what is not there.
  case linkTarget([UInt8])
  /// A further name for a folder.
  case linkToFolder([UInt8])
  case device(major: UInt32, minor: UInt32)
  case owner(Int64)
  /// Its access control list names a user or group without a number.
  case listWithName([UInt8])
  /// Its content is not as long as it was a moment ago.
  case changed
}

extension RootError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .cancelled: return Diagnostic(.error, "the writing of the root was cancelled")
    case .archive(let error): return error.diagnostic
    case .file(let error): return error.diagnostic
    case .volume(let error, let source):
      var diagnostic = error.diagnostic
      if let source { diagnostic.notes.append("It was to come from \(source).") }
      return diagnostic
    case .member(let member, let fault):
      let place = member.source.map { " in \($0)" } ?? ""
      return Diagnostic(
        .error, "\(quoted(member.path))\(place) \(fault.words)", help: fault.help)
    case .empty(let path):
      return Diagnostic(
        .error, "\(path) is an archive with nothing in it",
        help: "look at it with: tar -tvf \(path)")
    case .tooManyMembers(let path, let limit):
      let name = path?.string ?? "these files"
      return Diagnostic(
        .error, "with \(name) the root gets more than \(limit) files, folders and links",
        help: "check where it comes from; if it is meant to be so, raise the limit of members")
    case .tooManyBytes(let path, let limit):
      let name = path?.string ?? "these files"
      return Diagnostic(
        .error, "with \(name) the content of the root takes more than \(limit)",
        help: "check where it comes from; if it is meant to be so, raise the limit of bytes")
    case .bomb(let path, let size, let limit):
      return Diagnostic(
        .error, "more than \(limit) come out of \(path), which has \(size)",
        notes: ["An archive that grows so much is made to fill disks, or holds little but zeroes."],
        help: "check where it comes from; if it is meant to be so, raise the limit of growth")
    }
  }
}

extension RootMemberFault {
  var words: String {
    switch self {
    case .climbsOut: "holds `..`, with which it could leave the root"
    case .zeroByte: "has a zero byte in its name"
    case .tooLong(let bytes): "has a path of \(bytes) bytes, and Linux opens 4095"
    case .root: "stands for the root itself, and is no folder"
    case .belowFile(let path): "is to lie in \(quoted(path)), which is no folder"
    case .linkCircle: "is to lie below symbolic links that lead round"
    case .overFolder: "is no folder, and a folder of that name is there already"
    case .linkTarget(let path):
      "is a hard link to \(quoted(path)), which no earlier member is"
    case .linkToFolder(let path): "is a hard link to \(quoted(path)), which is a folder"
    case .device(let major, let minor): "is the device \(major):\(minor), and does not lie in /dev"
    case .owner(let id): "belongs to user or group \(id); Linux knows 0 to 4294967294"
    case .listWithName(let name):
      "has an access control list that knows \(quoted(name)) by name only"
    case .changed: "changes while it is read"
    }
  }

  var help: String? {
    switch self {
    case .climbsOut: "do not use this source: tools for roots make no such paths"
    case .zeroByte, .root: nil
    case .tooLong: "make the tree less deep"
    case .belowFile, .overFolder:
      "leave one of the two out; if they come from several sources, these do not fit together"
    case .linkCircle: "mend the links in the source"
    case .linkTarget, .linkToFolder:
      "pack the source again, with all names of the file in it and the file first"
    case .device: "remove it from the source, or allow devices outside /dev"
    case .owner: "pack the source again with other owners"
    case .listWithName:
      "pack it again with numbers: tar --xattrs --xattrs-include='*', and without --acls"
    case .changed: "let nobody write there, and run again"
    }
  }
}

/// Names as a terminal can show them: what could steer it is escaped.
func quoted(_ name: [UInt8]) -> String {
  String(reflecting: String(decoding: name, as: UTF8.self))
}

extension RootError {
  init(_ fault: RootFault, of path: [UInt8], in source: FilePath?) {
    switch fault {
    case .member(let fault):
      self = .member(RootMemberName(source: source, path: path), fault)
    case .volume(let error): self = .volume(error, source: source)
    }
  }
}
