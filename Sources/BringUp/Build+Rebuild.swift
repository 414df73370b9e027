import Bytes
import Diagnostics
import Ext4
import Files
import ImagePlan
import ImageWriter
import Measures
import SystemPackage

// Whether an image that is there can be changed instead of being written anew.
//
// Where there is a root, it is not read: that its sources are as they were, and that nobody else
// changed the image, is known by their stamps. Whatever is in doubt leads to a new image.
extension Build {
  /// An image that only needs changes outside its root.
  struct Rebuild {
    let update: ImageUpdate
    let card: WrittenCard
  }

  /// - Returns: nil where the image has to be written anew.
  func rebuild(_ image: FilePath) -> Rebuild? {
    // A further name would be another image to its owner; a link may lead to another disk.
    guard let stamp = try? FileStamp.of(image, followingLinks: false), stamp.kind == .file,
      stamp.names == 1, stamp.mode == 0o644
    else { return nil }
    guard let root = plan.root, let start = plan.image.rootOffset else {
      guard stamp.size == plan.image.size.rawValue,
        let update = try? ImageUpdate(of: image, to: plan.image)
      else { return nil }
      return Rebuild(update: update, card: WrittenCard(image: plan.image, root: nil))
    }
    guard root.stamp.isSettled, let state = Self.state(of: image), state.image == stamp.numbers,
      state.sources == root.stamp.bytes.hexadecimal, state.plan == plan.rootDecision,
      state.root.offset == start,
      let card = try? plan.image(rootSize: ByteCount(state.root.size)),
      stamp.size == card.size.rawValue
    else { return nil }
    let (end, overflow) = start.addingReportingOverflow(state.root.size)
    guard !overflow, end <= stamp.size, start % ImagePlan.block == 0, end % ImagePlan.block == 0,
      let update = try? ImageUpdate(of: image, to: card, leaving: start..<end)
    else { return nil }
    return Rebuild(update: update, card: WrittenCard(image: card, root: state.root))
  }

  /// Leaves beside the image by what the next build knows it. Not where a source changed while it was
  /// read, or may have done so.
  func keepState(of image: FilePath, _ written: ImageState.Root?, isRead: Bool) {
    do {
      guard let root = plan.root, let written, let decision = plan.rootDecision,
        root.stamp.isSettled, try !isRead || RootStamp(of: root.sources) == root.stamp,
        let stamp = try FileStamp.of(image)
      else { return try removeFile(Self.statePath(of: image)) }
      let state = ImageState(
        plan: decision, sources: root.stamp.bytes.hexadecimal, image: stamp.numbers, root: written)
      var file = try AtomicFile(replacing: Self.statePath(of: image))
      try file.write(Array(state.text.utf8).span.bytes)
      try file.commit()
    } catch {
      report(
        Diagnostic(
          .info, "the next build will write the root anew",
          notes: ["what it could be known by cannot be written: \(error)"]))
    }
  }

  private static func statePath(of image: FilePath) -> FilePath {
    image.removingLastComponent().appending(".\(image.lastComponent?.string ?? "").state")
  }

  private static func state(of image: FilePath) -> ImageState? {
    guard let bytes = try? readFile(statePath(of: image), limit: .mebibytes(1)) else { return nil }
    return ImageState(text: String(decoding: bytes, as: UTF8.self))
  }
}

extension BuildPlan {
  /// A digest of all that decides over the bytes of the root's volume, the content of its sources left
  /// out; nil where there is no root, or it is not known which program this is.
  var rootDecision: String? {
    // Another build of the program may write other bytes, whatever version it calls itself.
    guard let root, let start = image.rootOffset,
      let program = try? FileStamp.of("/proc/self/exe")
    else { return nil }
    let options = root.options(epoch: epoch)
    let lines = [
      "version \(Version.current)", "program \(program.numbers)", "identity \(root.identity)",
      "options \(options)", "policy \(root.policy)", "at \(start)",
    ]
    return Digest.sha256(Array(lines.joined(separator: "\n").utf8))
  }
}
