public import Measures

/// The uEnv.txt of a boot over USB: sunxi-fel uploads it with the files, and U-Boot imports it and
/// runs its `bootcmd`.
public struct FELEnvironment: Sendable, Hashable {
  /// The script, whose files are in memory already.
  public var script: BootScript
  /// Where this text itself is put.
  public var place: Address

  public init(script: BootScript, place: Address) {
    self.script = script
    if script.source == .partition { self.script.source = .memory }
    // What is in memory already cannot be missing, and the sets share their places.
    if self.script.source == .memory { self.script.sets = Array(script.sets.prefix(1)) }
    self.place = place
  }

  /// - Parameters:
  ///   - script: the script's own template.
  ///   - template: the one of the text around it.
  public func text(
    script scriptTemplate: ScriptTemplate, template: ScriptTemplate
  ) throws(ScriptError) -> String {
    let commands = try script.text(template: scriptTemplate)
    var uploads: [Gaps] = []
    // Only the first set: what is uploaded cannot be missing.
    for load in script.sets.first?.loads ?? [] where script.source == .memory {
      uploads.append(
        Gaps(values: [
          "address": load.address.description, "file": try HushText.fileName(load.file),
        ]))
    }
    var gaps = Gaps(values: [
      "title": try HushText.words(script.title, in: "board's title"),
      "place": place.description,
      "script": try EnvironmentValue.escaping(commands, isScript: true, as: "boot script"),
    ])
    gaps.sections["uploads"] = Gaps.Section(
      uploads, like: Gaps(values: ["address": "", "file": ""]))
    return try template.render(gaps)
  }
}
