import Files
import Foundation
import Measures
import SystemPackage

/// What the manifest beside an image says of its making.
public struct BuildOrigin: Decodable, Sendable {
  public struct Tool: Decodable, Sendable {
    public let name: String
    public let version: String
  }

  public struct Package: Decodable, Sendable {
    public let name: String
    public let version: String
  }

  public struct Input: Decodable, Sendable {
    public let role: String
    public let package: Package?
    public let path: String?
  }

  struct Image: Decodable {
    let name: String?
    /// The signature of the disk, in hexadecimal digits.
    let disk: String?
  }

  public let board: String
  public let tool: Tool?
  public let flow: String?
  public let inputs: [Input]?
  let image: Image?

  /// Nil where there is no manifest that tells a board.
  init?(besideImage image: FilePath) {
    let path = image.removingLastComponent().appending("manifest.json")
    guard let bytes = try? readFile(path, limit: .mebibytes(4)),
      let origin = try? JSONDecoder().decode(BuildOrigin.self, from: Data(bytes))
    else { return nil }
    self = origin
  }

  /// Whether it was this disk that was made, and no other that came to lie here.
  func made(diskWithID id: String) -> Bool {
    guard let told = image?.disk else { return false }
    if let number = Address(hexadecimal: told) { return number == Address(hexadecimal: id) }
    return told.lowercased() == id
  }
}
