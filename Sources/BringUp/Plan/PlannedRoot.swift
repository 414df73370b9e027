import Ext4
import ImagePlan
import ImageWriter
import Initramfs
public import Measures
import Partitions

/// The root partition, as far as it is known before a byte of it is written.
public struct PlannedRoot: Sendable {
  /// What it is filled with, as the project file names it.
  public let names: [String]
  /// Of the partition; nil for as much as the content takes.
  public let size: ByteCount?
  let sources: [RootSource]
  let policy: UnsafeMembers
  /// Stands for the content, on every machine alike. In lower-case hexadecimal digits.
  let identity: String
  /// Shows on this machine whether a source changed since an earlier build.
  let stamp: RootStamp
  /// What the kernel needs for finding and mounting it, in the order of loading.
  let modules: [RootInitramfs.Module]

  /// What is left free at least, for logs and packages to come.
  static let slack = ByteCount.mebibytes(64)
  /// How far `resize2fs` can enlarge it on a larger card.
  static let growth = ByteCount.gibibytes(256)

  /// The words by which Linux finds it.
  func arguments(on disk: DiskIdentity) -> [String] {
    Root.partition(id: disk.partitionUUID(CardLayout.RootPartition.number), .ext4).arguments + [
      "rw"
    ]
  }

  /// The volume's ids follow from its own content: another kernel beside it changes no byte of it.
  ///
  /// - Parameter epoch: in seconds since 1970.
  func options(epoch: UInt32) -> Ext4Options {
    Ext4Options(
      size: size.map { .fixed($0) } ?? .content(slack: Self.slack),
      uuid: uuid("root partition"), hashSeed: uuid("folders of the root"),
      label: Array("root".utf8), time: Ext4Time(seconds: Int64(epoch)), growth: Self.growth)
  }

  private func uuid(_ purpose: String) -> [UInt8] {
    GUID(derivedFrom: Digest.bytes(Array((identity + purpose).utf8)))?.bytes ?? []
  }
}
