public import XenTree

/// A guest as a file describes it: everything but the sizes of its files, which nobody has opened
/// yet.
public struct Guest: Sendable, Hashable {
  /// A file of the guest's, and what Xen is to take it for.
  public struct File: Sendable, Hashable {
    public let kind: XenModule.Kind
    public let file: PlacedFile
    /// It goes wherever it fits, and its address says nothing.
    public let isAnywhere: Bool
  }

  /// Its modules are still to come.
  public var domain: XenDomain
  public var files: [File]
  /// Those that are written down with this guest; the other end may be another's.
  public var channels: [EventChannel]
  /// The pool of processors that is described with this guest; others may run there as well.
  public var pool: ProcessorPool?
}
