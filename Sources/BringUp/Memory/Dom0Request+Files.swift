import Boards
import BootImages
import Measures
import MemoryPlanner

extension Dom0Request {
  /// What dom0 asks for with these files; nil where the kernel is none that Xen starts.
  ///
  /// - Parameters:
  ///   - tree: the size of the tree that Xen gets.
  ///   - arguments: Xen's.
  init?(
    memory: ByteCount, kernel: [UInt8], initrd: ByteCount?, tree: ByteCount, arguments: String,
    on soc: SoC
  ) {
    guard let image = try? ZImage(parsing: kernel.span.bytes) else { return nil }
    let words = arguments.split(separator: " ")
    let alone = words.contains("maxcpus=1") || soc.processor.cores == 1
    self.init(
      memory: memory,
      kernel: Kernel(
        length: image.claimedSize,
        start: image.start == 0 ? nil : Address(UInt64(image.start))),
      initrd: initrd, tree: tree, clears: !alone && !words.contains("bootscrub=0"))
  }
}
