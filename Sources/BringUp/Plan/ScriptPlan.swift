import BootScripts
public import Diagnostics
import Measures
import Workspace

/// All texts that can start a plan's files, one for each way in which they come into memory.
struct ScriptPlan: Sendable {
  enum Text: Sendable {
    /// For today's U-Boot.
    case script(BootScript)
    /// For the U-Boot of the vendor's days.
    case legacy(LegacyEnvironment)
  }

  let text: Text
  /// The same for U-Boot's own boot sequence; nil for what it cannot start.
  let extlinux: ExtlinuxMenu?
  /// Where a text goes that comes over USB with the files.
  let place: Address
  private let templates: [String: ScriptTemplate]

  init(_ text: Text, extlinux: ExtlinuxMenu? = nil, place: Address, data: DataFiles) throws {
    self.text = text
    self.extlinux = extlinux
    self.place = place
    var names = ["fel.env", "extlinux.conf"]
    switch text {
    case .script(let script): names.append(script.templateName)
    case .legacy: names.append(Self.legacyTemplate)
    }
    var templates: [String: ScriptTemplate] = [:]
    for name in names {
      let file = try data.template(name)
      templates[name] = ScriptTemplate(name: file.file, text: file.text)
    }
    self.templates = templates
  }

  private static let legacyTemplate = "legacy.env"

  private func template(_ name: String) throws -> ScriptTemplate {
    guard let template = templates[name] else { throw ScriptPlanError.noTemplate(name) }
    return template
  }

  /// boot.cmd, or the uEnv.txt of the old U-Boot.
  func commands(from source: FileSource = .partition) throws -> String {
    switch text {
    case .script(var script):
      script.source = source
      return try script.text(template: template(script.templateName))
    case .legacy(var environment):
      guard source != .memory else { throw ScriptPlanError.noLegacyUSB }
      environment.source = source
      return try environment.text(template: template(Self.legacyTemplate))
    }
  }

  /// uEnv.txt for a boot over USB.
  func usb(from source: FileSource = .memory) throws -> String {
    guard case .script(var script) = text else { throw ScriptPlanError.noLegacyUSB }
    script.source = source
    return try FELEnvironment(script: script, place: place).text(
      script: template(script.templateName), template: template("fel.env"))
  }

  func extlinuxConf() throws -> String {
    guard let extlinux else { throw ScriptPlanError.noExtlinux }
    return try extlinux.text(template: template("extlinux.conf"))
  }
}

/// A text that a flow does not have.
public enum ScriptPlanError: Error, Sendable, Hashable {
  case noTemplate(String)
  /// The old U-Boot takes no uEnv.txt over USB.
  case noLegacyUSB
  case noExtlinux
  /// In the flow `dom0less`.
  case noGuests
}

extension ScriptPlanError: DiagnosticConvertible {
  public var diagnostic: Diagnostic {
    switch self {
    case .noTemplate(let name):
      Diagnostic(.error, "there is no template \(name)", help: "put one into a folder Templates")
    case .noLegacyUSB:
      Diagnostic(
        .error, "the sunxi U-Boot of 2013 reads no uEnv.txt over USB",
        help: "use a card or TFTP, or another flow with today's U-Boot")
    case .noGuests:
      Diagnostic(
        .error, "the flow `dom0less` has nothing to start: the project has no guests",
        help: "list them under `domains:` in the project file")
    case .noExtlinux:
      Diagnostic(
        .error, "extlinux.conf cannot start this flow: it knows a kernel, a RAM disk and a tree",
        help: "use boot.scr; extlinux.conf serves the flows `linux` and `kvm`")
    }
  }
}
