import Measures

extension FATVolume {
  /// Plans the whole volume: every byte of its tables and folders, and a place for every file.
  ///
  /// Folders take the first clusters, from the root down; the files follow in the same order. All
  /// lie in one piece.
  public func layout() throws(FATError) -> FATLayout {
    let kind = kind ?? .suiting(bytes: size.rawValue)
    guard let geometry = FATGeometry.choose(kind: kind, bytes: size.rawValue) else {
      throw .size(size, kind: kind)
    }
    let label = try FATLabel(label)
    let tree = try FATTree(entries)
    let map = try ClusterMap(tree, geometry, isLabelled: label.isNamed, size: size)

    var layout = FATLayout(
      kind: kind, size: size, clusterSize: ByteCount(geometry.clusterSize),
      free: ByteCount((geometry.clusterCount - map.used) * geometry.clusterSize))
    let boot = FATBootSector(
      geometry: geometry, label: label.padded, volumeID: volumeID, hiddenSectors: hiddenSectors,
      usedClusters: map.used)
    layout.place(boot.encoded, at: 0, upTo: geometry.tableOffset(0))
    let table = FATTable.encoded(kind, chainLengths: map.order.map { map.length[$0] })
    for index: UInt64 in [0, 1] {
      layout.place(
        table, at: geometry.tableOffset(index), upTo: geometry.tableOffset(index + 1))
    }
    for index in map.order {
      let node = tree.nodes[index]
      let place = geometry.place(ofCluster: map.first[index], count: map.length[index])
      if let size = node.size {
        guard let place else { continue }
        layout.files.append(
          .init(path: node.path, offset: place.lowerBound, size: ByteCount(UInt64(size))))
      } else {
        let place = place ?? geometry.rootOffset..<geometry.dataOffset
        let bytes = directory(index, of: tree, at: map, label: label.isNamed ? label.padded : nil)
        layout.place(bytes, at: place.lowerBound, upTo: place.upperBound)
      }
    }
    return layout
  }

  private func directory(
    _ index: Int, of tree: FATTree, at map: ClusterMap, label: [UInt8]?
  ) -> [UInt8] {
    let node = tree.nodes[index]
    var directory = FATDirectory(stamp: modified)
    if index != 0 {
      directory.append(.itself, .folder, cluster: map.first[index])
      // The root is called 0 here, even where it has a cluster.
      let above = node.parent == 0 ? 0 : map.first[node.parent]
      directory.append(.above, .folder, cluster: above)
    } else if let label {
      directory.append(.label(label), .label)
    }
    for child in node.children {
      let node = tree.nodes[child]
      directory.append(
        node.entry, node.size == nil ? .folder : .file, cluster: map.first[child],
        size: node.size ?? 0)
    }
    return directory.bytes
  }
}
