extension ModuleSearch {
  /// The modules in the order in which they can be loaded: helpers first, each behind what it needs.
  /// A helper that lacks something is left out.
  public func loadOrder() throws(ModuleSearchError) -> [ModuleLoad] {
    let roots = try roots()
    let needed = reached(from: roots)
    var order = DepthFirst(self)
    for helper in helpers(of: needed).reversed() { _ = try? order.place(helper) }
    for root in roots { try order.place(root) }
    return order.placed.compactMap { name in
      folder.files[name].map { ModuleLoad(name: name, path: $0, isNeeded: needed.contains(name)) }
    }
  }

  /// The drivers that are modules.
  private func roots() throws(ModuleSearchError) -> [ModuleName] {
    var roots: [ModuleName] = []
    for driver in drivers {
      let found = folder.modules(for: driver)
      guard !found.isEmpty else {
        throw .noDriver(driver, release: folder.release, known: folder.files.keys.sorted())
      }
      roots += found.filter { !folder.builtin.contains($0) }
    }
    return roots
  }

  private func reached(from roots: [ModuleName]) -> Set<ModuleName> {
    var seen = Set(roots)
    var open = roots
    while let name = open.popLast() {
      for other in needs(of: name) where seen.insert(other).inserted { open.append(other) }
    }
    return seen
  }

  /// What is only tried, those first that were wished for first: what a helper wishes for comes behind
  /// it, and so is loaded before it when they are taken from the end.
  private func helpers(of needed: Set<ModuleName>) -> [ModuleName] {
    var found = helpers.flatMap { folder.modules(for: $0) }
      .filter { !folder.builtin.contains($0) && !needed.contains($0) }
    var seen = needed.union(found)
    var open = needed.sorted() + found
    var next = 0
    while next < open.count {
      let name = open[next]
      next += 1
      for wish in wishes(of: name) where seen.insert(wish).inserted {
        found.append(wish)
        open.append(wish)
      }
      for other in needs(of: name) where seen.insert(other).inserted { open.append(other) }
    }
    return found
  }
}

/// Places modules behind what they need. It keeps its own stack: a chain of dependencies can be longer
/// than the machine's.
private struct DepthFirst {
  private struct Step {
    let name: ModuleName
    let needs: [ModuleName]
    var next = 0
  }

  private let search: ModuleSearch
  private(set) var placed: [ModuleName] = []
  private var done: Set<ModuleName> = []
  /// What cannot be loaded, and why.
  private var failed: [ModuleName: ModuleSearchError] = [:]

  init(_ search: ModuleSearch) { self.search = search }

  mutating func place(_ root: ModuleName) throws(ModuleSearchError) {
    var steps: [Step] = []
    var open: Set<ModuleName> = []
    do throws(ModuleSearchError) {
      try enter(root, for: nil, &steps, &open)
      while var step = steps.popLast() {
        guard step.next < step.needs.count else {
          open.remove(step.name)
          done.insert(step.name)
          placed.append(step.name)
          continue
        }
        let need = step.needs[step.next]
        step.next += 1
        steps.append(step)
        try enter(need, for: step.name, &steps, &open)
      }
    } catch {
      for name in open { failed[name] = error }
      throw error
    }
  }

  private func enter(
    _ name: ModuleName, for user: ModuleName?, _ steps: inout [Step], _ open: inout Set<ModuleName>
  ) throws(ModuleSearchError) {
    if done.contains(name) { return }
    if let error = failed[name] { throw error }
    guard search.isThere(name) else {
      throw .noDependency(name, neededBy: user, release: search.folder.release)
    }
    guard open.insert(name).inserted else {
      let circle = steps.map(\.name).drop { $0 != name }
      throw .circle(Array(circle))
    }
    steps.append(Step(name: name, needs: search.needs(of: name)))
  }
}
