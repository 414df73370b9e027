public import Diagnostics
public import Ext4
public import Measures

/// A root that was written.
public struct RootVolume: Sendable, Hashable {
  /// Its size, and the ranges of it that matter.
  public let layout: Ext4Layout
  public let counts: RootCounts
  /// What was left out, put elsewhere or replaced.
  public let notes: [Diagnostic]
}

/// What the sources held; what a later one replaced is counted as well.
public struct RootCounts: Sendable, Hashable {
  public internal(set) var files = 0
  public internal(set) var folders = 0
  public internal(set) var symbolicLinks = 0
  public internal(set) var hardLinks = 0
  /// Devices and FIFOs.
  public internal(set) var devices = 0
  /// Of files, holes left out.
  public internal(set) var bytes: ByteCount = 0

  public var members: Int { files + folders + symbolicLinks + hardLinks + devices }
}
