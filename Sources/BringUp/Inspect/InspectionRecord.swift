import BootImages
import Diagnostics
import Measures
import Partitions
import Reports
import SystemPackage

/// An inspected card in JSON. Sizes and offsets are bytes; absent facts are left out.
public struct InspectionRecord: Encodable, Sendable {
  struct Origin: Encodable {
    struct Input: Encodable {
      let role: String
      let package: String?
      let version: String?
      let path: String?
    }
    let tool: String?
    let version: String?
    let board: String
    let flow: String?
    let inputs: [Input]
  }

  struct Bootloader: Encodable {
    let offset: UInt64
    let splSize: UInt64?
    /// Whether its length and checksum are right.
    let splIsSound: Bool
    let tree: String?
    let uboot: String?
    /// Where U-Boot proper ends.
    let end: UInt64?
    let sha256: String?
    let problem: String?
  }

  struct PartitionRecord: Encodable {
    let number: Int
    let type: String
    let name: String?
    let offset: UInt64
    let size: UInt64
    let partuuid: String
    let isBootable: Bool
  }

  struct Table: Encodable {
    let kind: String
    let id: String?
    let isDamaged: Bool?
    let partitions: [PartitionRecord]
  }

  struct Volume: Encodable {
    let partition: Int
    let kind: String
    let label: String?
    let uuid: String?
    let size: UInt64
    let free: UInt64
    let rootNames: Int?
    let system: String?
    let modules: [String]?
  }

  struct File: Encodable {
    let path: String
    let size: UInt64
    let kind: String
  }

  struct Script: Encodable {
    let path: String
    let text: String
  }

  struct Found: Encodable {
    let severity: String
    let message: String
    let notes: [String]?
    let help: String?
  }

  let image: String
  let size: UInt64
  let madeBy: Origin?
  let bootloader: Bootloader?
  let table: Table
  let volumes: [Volume]
  let bootPartition: Int?
  let files: [File]
  let scripts: [Script]
  /// As `ctboot rehearse --json` has it.
  let rehearsal: RehearsalRecord?
  let findings: [Found]
  /// `boots`, `fails` or `unknown`.
  let verdict: String
  /// Why the verdict is not known.
  let reason: String?

  public init(_ inspected: InspectedCard) {
    let card = inspected.contents
    func some(_ text: String) -> String? { text.isEmpty ? nil : text }
    image = card.path.string
    size = card.size.rawValue
    madeBy = inspected.origin.map { origin in
      Origin(
        tool: origin.tool?.name, version: origin.tool?.version, board: origin.board,
        flow: origin.flow,
        inputs: (origin.inputs ?? []).map {
          Origin.Input(
            role: $0.role, package: $0.package?.name, version: $0.package?.version, path: $0.path)
        })
    }
    bootloader = card.bootloader.map {
      Bootloader(
        offset: $0.offset, splSize: $0.spl?.length.rawValue, splIsSound: $0.spl != nil,
        tree: $0.spl?.treeName, uboot: $0.version?.description, end: $0.end, sha256: $0.sha256,
        problem: $0.problem?.diagnostic.message)
    }
    table = Table(
      kind: card.partitions.table.rawValue, id: some(card.partitions.id),
      isDamaged: card.partitions.isDamaged ? true : nil,
      partitions: card.partitions.entries.map { entry in
        PartitionRecord(
          number: entry.number,
          type: entry.type.map { "0x" + String($0.rawValue, radix: 16) }
            ?? entry.typeID?.description ?? "",
          name: some(entry.name), offset: entry.bytes.lowerBound,
          size: UInt64(entry.bytes.count), partuuid: entry.uuid, isBootable: entry.isBootable)
      })
    volumes = card.volumes.map {
      Volume(
        partition: $0.number, kind: $0.kind, label: some($0.label), uuid: some($0.id),
        size: $0.size.rawValue, free: $0.free.rawValue, rootNames: $0.rootNames,
        system: $0.system, modules: $0.moduleKernels.isEmpty ? nil : $0.moduleKernels)
    }
    bootPartition = card.bootPartition
    files = card.files.map {
      File(path: $0.path, size: $0.size.rawValue, kind: $0.kind.description)
    }
    scripts = card.scripts.map { Script(path: $0.path, text: $0.text) }
    rehearsal = inspected.verdict.boot.map { RehearsalRecord($0, trace: false) }
    findings = inspected.findings.map {
      Found(
        severity: $0.severity.rawValue, message: $0.message,
        notes: $0.notes.isEmpty ? nil : $0.notes, help: $0.help)
    }
    switch inspected.verdict {
    case .boots: (verdict, reason) = ("boots", nil)
    case .fails: (verdict, reason) = ("fails", nil)
    case .unknown(let why): (verdict, reason) = ("unknown", why.message)
    }
  }
}
