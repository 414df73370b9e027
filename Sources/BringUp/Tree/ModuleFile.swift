import Boards
import BootImages
import Bytes
import DeviceTreeLint
import Diagnostics
import Files
import Measures
import SystemPackage
import Workspace
import XenTree

/// A file that is to be a module of Xen's, read and recognised.
struct ModuleFile {
  private(set) var module: XenModule
  private(set) var loaded: LoadedFile
  /// Where it was asked for, if that is a file.
  let span: SourceSpan?
  /// What the digits of its address would be in hexadecimal, where a person wrote decimal ones.
  let digitsInHexadecimal: Address?
  /// It has no address of its own yet.
  private(set) var isAnywhere = false

  /// A kernel beyond this is something else; reading stops there.
  private static let limit = ByteCount.mebibytes(256)

  /// - Parameters:
  ///   - owner: whose it is, as messages say it.
  ///   - folder: what a relative path counts from.
  ///   - chip: what will run it; a kernel of 64 bits is taken where that is not known to be too many.
  init(
    _ file: PlacedFile, as kind: XenModule.Kind, of owner: String, in folder: FilePath,
    for chip: SoC?
  ) throws(ComposedTreeError) {
    let path = folder == "." ? FilePath(file.path) : folder.pushing(FilePath(file.path))
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try readFile(path, limit: Self.limit)
    } catch {
      throw .unreadable(file, error)
    }
    do throws(InputError) {
      try Self.recognise(bytes.span.bytes, as: kind, of: file, for: chip)
    } catch {
      throw .wrongInput(file, error)
    }
    guard AddressRange(start: file.address, size: ByteCount(bytes.count)) != nil else {
      throw .pastEnd(file, ByteCount(bytes.count))
    }
    span = file.span
    digitsInHexadecimal = file.digitsInHexadecimal
    module = XenModule(kind: kind, address: file.address, size: ByteCount(bytes.count))
    loaded = LoadedFile(name: "\(owner) \(kind.rawValue)", address: file.address, bytes: bytes)
  }

  /// The same at another address, which a search found or which stands in for one.
  func moved(to address: Address, isAnywhere: Bool) -> ModuleFile {
    var copy = self
    copy.module = XenModule(kind: module.kind, address: address, size: module.size)
    copy.loaded = LoadedFile(name: loaded.name, address: address, bytes: loaded.bytes)
    copy.isAnywhere = isAnywhere
    return copy
  }

  private static func recognise(
    _ bytes: RawSpan, as kind: XenModule.Kind, of file: PlacedFile, for chip: SoC?
  ) throws(InputError) {
    switch kind {
    case .kernel
    where chip?.processor.architecture != .arm32 && ImageKind.recognise(bytes) == .arm64Image:
      return
    case .kernel: _ = try InputCheck.kernel(bytes, file: file.path)
    case .tree: _ = try InputCheck.tree(bytes, file: file.path)
    case .ramdisk: try InputCheck.ramdisk(bytes, file: file.path)
    case .policy: try InputCheck.policy(bytes, file: file.path)
    }
  }
}
