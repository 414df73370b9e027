/// Finds which modules some drivers take and in which order they are loaded, a round at a time: each
/// round names the files to read next, so that whoever keeps them in an archive goes through it once
/// for each round. With a `modules.dep` the first round names them all.
///
///     var search = ModuleSearch(for: ["ext4", "sunxi-mmc"], in: folder)
///     while !search.unread.isEmpty {
///       for path in search.unread { try search.add(bytes(of: path).span.bytes, from: path) }
///     }
///     let order = try search.loadOrder()
///
/// The cost is linear in what is read. An archive made to annoy can ask for as many rounds as it has
/// modules, so a limit on rounds is the reader's.
public struct ModuleSearch: Sendable {
  let folder: ModuleFolder
  /// What must be there, and what is taken where it is there, by any name that `modprobe` would take.
  let drivers: [String]
  let helpers: [String]
  private let machine: UInt16?
  private var asked: Set<ModuleName> = []
  private var read: [ModuleName: KernelModule] = [:]
  private var waiting: Set<String> = []

  /// - Parameters:
  ///   - drivers: each is a module or part of the kernel, or `loadOrder` says which is not.
  ///   - helpers: loaded before the drivers where they are there.
  ///   - machine: the ELF number of the processor that loads them (40 is ARM); nil takes any.
  public init(
    for drivers: [String], helpedBy helpers: [String] = [], in folder: ModuleFolder,
    machine: UInt16? = nil
  ) {
    self.folder = folder
    self.drivers = drivers
    self.helpers = helpers
    self.machine = machine
    for name in (helpers + drivers).flatMap(folder.modules(for:)) { ask(for: name) }
  }

  /// The files to read next, sorted.
  public var unread: [String] { waiting.sorted() }

  /// Takes in a file that was asked for, unpacked.
  public mutating func add(_ bytes: RawSpan, from path: String) throws(ModuleSearchError) {
    let module: KernelModule
    do throws(KernelModuleFault) {
      module = try KernelModule(parsing: bytes)
    } catch {
      throw .unreadable(path: path, error)
    }
    if let machine, module.machine != machine {
      throw .otherMachine(path: path, module.machine, wanted: machine)
    }
    if let release = module.release, release != folder.release {
      throw .otherKernel(path: path, release: release, wanted: folder.release)
    }
    guard let name = ModuleName(ofFile: path), folder.files[name] == path else { return }
    waiting.remove(path)
    read[name] = module
    for other in needs(of: name) { ask(for: other) }
    for other in module.wishes.flatMap(folder.modules(for:)) { ask(for: other) }
  }

  /// What must be loaded before a module, without what is part of the kernel.
  func needs(of name: ModuleName) -> [ModuleName] {
    let noted = folder.noted[name] ?? []
    let own = (read[name]?.depends ?? []).filter { !noted.contains($0) }
    return (noted + own).filter { !folder.builtin.contains($0) }
  }

  /// What would be good to have before a module.
  func wishes(of name: ModuleName) -> [ModuleName] {
    let noted = folder.notedWishes[name] ?? []
    let own = (read[name]?.wishes ?? []).filter { !noted.contains($0) }
    return (noted + own).flatMap { folder.modules(for: $0) }
      .filter { !folder.builtin.contains($0) }
  }

  /// Whether it lies in the folder; what is unread is taken for complete.
  func isThere(_ name: ModuleName) -> Bool { folder.files[name] != nil }

  private mutating func ask(for name: ModuleName) {
    var open = [name]
    while let name = open.popLast() {
      guard !folder.builtin.contains(name), asked.insert(name).inserted,
        let path = folder.files[name]
      else { continue }
      waiting.insert(path)
      open += folder.noted[name] ?? []
      open += (folder.notedWishes[name] ?? []).flatMap { folder.modules(for: $0) }
    }
  }
}

/// A module in its place in the order of loading.
public struct ModuleLoad: Sendable, Hashable {
  public let name: ModuleName
  /// Its file, as the listing has it.
  public let path: String
  /// Whether the drivers cannot do without it; else it is only tried.
  public let isNeeded: Bool

  public init(name: ModuleName, path: String, isNeeded: Bool) {
    self.name = name
    self.path = path
    self.isNeeded = isNeeded
  }
}
