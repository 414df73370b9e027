import Boards
import BootImages
import ImagePlan
import Measures
import MemoryPlanner
import Reports

extension BuildPlan {
  /// The plan for a person: what goes in, where it lies in memory and on the card.
  public var text: String {
    var lines = [
      "\(board.name): \(board.identity.model), Xen \(xenVersion) with dom0", "", "inputs",
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
    table.add("Xen", commandLines.xen)
    table.add("dom0", commandLines.dom0)
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
}
