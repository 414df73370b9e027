public import Ext4
public import Files
public import Measures

/// Makes an ext4 volume of a root file system within a file, without unpacking it anywhere.
///
/// The sources are laid over each other in their order: of two files the later one stays, a folder over
/// a folder keeps its content and takes the new attributes, a folder takes the place of a file. What is
/// no folder never takes the place of one: that is an error, as with tar for folders that are not empty.
///
/// The file gets long enough for the volume; its bytes from `start` on have to be zero before. Nothing
/// is synced: `commit` does that, and what was begun when an error came is nothing that counts. The same
/// sources and options give the same bytes, on each machine, for each user.
///
///     let file = try AtomicFile(replacing: "card.img")
///     let root = try writeRoot(
///       [.archive("rootfs.tar.xz"), .files([hostname])], options, to: file, from: .mebibytes(68))
///     try file.commit()
///
/// Where the volume has a fixed size, what can be known without unpacking archives is known before
/// anything is written: that the content does not fit, and how much is missing. Of packed archives that
/// comes to light at their end.
///
/// - Parameter start: where the volume begins, in bytes.
public func writeRoot(
  _ layers: [RootSource], _ options: Ext4Options, policy: UnsafeMembers = UnsafeMembers(),
  to file: borrowing AtomicFile, from start: ByteCount
) throws(RootError) -> RootVolume {
  try forecastRoot(layers, options, policy: policy)
  let output: VolumeOutput
  do { output = VolumeOutput(part: try file.part(from: start)) } catch { throw .file(error) }
  let root = try assembleRoot(layers, options, policy: policy, on: output, isReading: true)
  let (end, overflow) = start.rawValue.addingReportingOverflow(root.layout.size.rawValue)
  do { try file.grow(to: ByteCount(overflow ? .max : end)) } catch { throw .file(error) }
  return root
}

func assembleRoot(
  _ layers: [RootSource], _ options: Ext4Options, policy: UnsafeMembers, on output: any Ext4Output,
  isReading: Bool
) throws(RootError) -> RootVolume {
  let writer: Ext4Writer
  do { writer = try Ext4Writer(options, to: output) } catch { throw .volume(error, source: nil) }
  var root = RootAssembly(writer, policy: policy, isReading: isReading, time: options.time)
  for layer in layers { try root.add(layer) }
  return try root.finish()
}
