import BuiltProgram
import Foundation

/// manifest.json as another program would read it.
struct ManifestFile: Decodable {
  struct Package: Decodable {
    let name: String
    let version: String
    let sha256: String
    let member: String
  }
  struct Input: Decodable {
    let role: String
    let size: Int
    let sha256: String
    let package: Package?
  }
  struct Artefact: Decodable {
    let name: String
    let size: Int
    let sha256: String
    let address: String?
  }
  struct Arguments: Decodable {
    let xen: String
    let dom0: String
  }
  struct Region: Decodable {
    let name: String
    let offset: Int
    let size: Int
  }
  struct Image: Decodable {
    let name: String
    let size: Int
    let disk: String
    let regions: [Region]
  }

  let manifest: Int
  let board: String
  let xen: String
  let arguments: Arguments
  let inputs: [Input]
  let artefacts: [Artefact]
  let image: Image

  init(in project: TestProject) throws {
    let data = try Data(contentsOf: project["build/manifest.json"])
    self = try JSONDecoder().decode(Self.self, from: data)
  }
}
