import Boards
import BootImages
import FAT
import ImagePlan
import ImageWriter
import Measures
import MemoryPlanner
import Reports
import Workspace

/// What went into a build and what came out, for programs and for the next engineer.
///
/// It holds no time and no path of this machine, so that the same build has the same manifest.
struct Manifest: Encodable {
  struct Tool: Encodable {
    let name: String
    let version: String
  }

  struct Package: Encodable {
    let name: String
    let version: String
    let sha256: String
    let member: String
  }

  struct SourceRecord: Encodable {
    let path: String
    let sha256: String
  }

  struct InputRecord: Encodable {
    let role: String
    let size: Int
    let sha256: String
    let package: Package?
    let path: String?
    let machine: String?
    /// Of a tree that was compiled: its source, and every file that this includes.
    let sources: [SourceRecord]?
  }

  struct CommandLineRecord: Encodable {
    let xen: String?
    let dom0: String?
    let linux: String?
  }

  struct MemoryRecord: Encodable {
    let owner: String
    let start: String
    let size: UInt64
    let reason: String
  }

  struct ArtefactRecord: Encodable {
    let name: String
    let size: Int
    let sha256: String
    let address: String?
  }

  struct RegionRecord: Encodable {
    let name: String
    let offset: UInt64
    let size: UInt64
  }

  struct PartitionRecord: Encodable {
    let number: Int
    let offset: UInt64
    let size: UInt64
    let type: String
    /// As Linux finds it.
    let partuuid: String
    /// Differs where what went into the partition does.
    let content: String
    /// What it was filled with, where the board did not decide that.
    let sources: [String]?
    let files: Int?
  }

  struct ImageRecord: Encodable {
    let name: String
    let size: UInt64
    let disk: String
    let regions: [RegionRecord]
    let partitions: [PartitionRecord]
  }

  /// The version of this form; a change of meaning counts it up.
  let manifest = 1
  let tool: Tool
  let board: String
  let soc: String
  let flow: String
  let xen: String?
  let inputs: [InputRecord]
  let arguments: CommandLineRecord
  let memory: [MemoryRecord]
  let artefacts: [ArtefactRecord]
  let image: ImageRecord

  init(_ plan: BuildPlan, _ card: WrittenCard) {
    tool = Tool(name: "ctboot", version: Version.current)
    board = plan.board.name
    soc = plan.soc.name
    flow = plan.project.flow.rawValue
    xen = plan.xenVersion?.description
    inputs = plan.inputs.map(Self.record)
    let lines = plan.commandLines
    arguments = CommandLineRecord(
      xen: lines.xen.isEmpty ? nil : lines.xen, dom0: lines.dom0.isEmpty ? nil : lines.dom0,
      linux: lines.linux.isEmpty ? nil : lines.linux)
    memory = plan.memory.claims.map {
      MemoryRecord(
        owner: $0.owner, start: $0.range.start.description, size: $0.range.size.rawValue,
        reason: $0.reason)
    }
    artefacts = plan.artefacts.map {
      ArtefactRecord(
        name: "boot/\($0.name)", size: $0.bytes.count, sha256: $0.sha256,
        address: $0.load?.description)
    }
    image = ImageRecord(
      name: plan.imageName, size: card.image.size.rawValue,
      disk: Address(UInt64(card.image.diskSignature)).description,
      regions: card.image.regions.map {
        RegionRecord(name: $0.name, offset: $0.offset, size: $0.size.rawValue)
      }, partitions: Self.partitions(plan, card))
  }

  private static func partitions(_ plan: BuildPlan, _ card: WrittenCard) -> [PartitionRecord] {
    let boot = plan.artefacts.map { "\($0.name) \($0.sha256)" }.joined(separator: "\n")
    return card.image.partitions.map { partition in
      let isRoot = partition.number == CardLayout.RootPartition.number
      return PartitionRecord(
        number: partition.number, offset: partition.offset, size: partition.size.rawValue,
        type: isRoot ? "ext4" : plan.project.image.bootKind.rawValue,
        partuuid: partition.uuid,
        content: isRoot ? plan.root?.identity ?? "" : Digest.sha256(Array(boot.utf8)),
        sources: isRoot ? plan.root?.names : nil,
        files: isRoot ? card.root?.members : nil)
    }
  }

  func text() throws -> String { try JSONText.text(self) }

  private static func record(_ input: Input) -> InputRecord {
    var package: Package?
    var path: String?
    var machine: String?
    switch input.origin {
    case .package(let name, let version, let sha256, let member):
      package = Package(name: name, version: version, sha256: sha256, member: member)
    case .path(let text): path = text
    case .emulator(let name): machine = name
    }
    return InputRecord(
      role: input.role.rawValue, size: input.bytes.count, sha256: input.sha256, package: package,
      path: path, machine: machine,
      sources: input.sources.isEmpty
        ? nil : input.sources.map { SourceRecord(path: $0.path, sha256: $0.sha256) })
  }
}
