import Boards
import BootImages
import ImagePlan
import Measures
import MemoryPlanner
import Reports
import Workspace
import XenTree

extension BuildPlan {
  /// The plan for a person: what goes in, where it lies in memory and on the card.
  public var text: String {
    var lines = [
      "\(board.name): \(board.identity.model), \(system)", "", "inputs",
    ]
    var table = TextTable([.left, .right])
    for input in inputs {
      table.add(input.role.rawValue, input.size.description, input.origin.description)
    }
    lines += table.lines()

    lines += ["", "memory at \(memory.memory.start), \(memory.memory.size) of RAM at least"]
    table = TextTable([.left, .right])
    for claim in memory.claims {
      table.add(claim.range.description, claim.range.size.description, claim.owner)
    }
    lines += table.lines()

    lines += ["", "command lines"]
    table = TextTable()
    for (owner, text) in commandLines.all { table.add(owner, text) }
    for domain in guests { table.add(domain.name, domain.arguments) }
    lines += table.lines()

    lines += ["", "card of \(image.size), \(image.written) of it written"]
    table = TextTable([.right, .right])
    for region in image.regions {
      table.add(
        "at \(ByteCount(region.offset))", region.size.description, region.name)
    }
    for artefact in artefacts {
      table.add("", ByteCount(artefact.bytes.count).description, "  \(artefact.name)")
    }
    lines += table.lines()
    return lines.joined(separator: "\n") + "\n"
  }

  /// What boots, in a few words.
  private var system: String {
    let xen = xenVersion.map { "Xen \($0)" } ?? "Xen"
    let guests = guests.count == 1 ? "one guest" : "\(guests.count) guests"
    return switch project.flow {
    case .xen: "\(xen) with dom0" + (self.guests.isEmpty ? "" : " and \(guests)")
    case .dom0less: "\(xen) with \(guests) and no dom0"
    case .linux: "Linux"
    case .kvm: "Linux in HYP mode"
    case .legacy: "Linux by the sunxi U-Boot of 2013"
    }
  }

  private var guests: [XenDomain] { project.domains.map(\.domain) }
}
