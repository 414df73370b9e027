/// What a command does to variables, as far as its words tell.
struct ScriptEffect {
  /// Names that are set, in the environment; nil where the value is not known.
  var sets: [(name: String, value: ScriptText?)] = []
  /// Names that are run.
  var runs: [ScriptWord] = []
  /// It loads a file, and sets `filesize`.
  var loads = false
  /// It may set anything.
  var isOpaque = false

  init(of command: ScriptCommand) {
    let words = command.words
    switch command.name {
    case "setenv": take(setting: words.dropFirst())
    case "env":
      switch words.dropFirst().first?.text {
      case "set": take(setting: words.dropFirst(2))
      case "import", "default", "load", "select", "run":
        takeEnvironment(words)
      case "delete", "erase": isOpaque = words.contains { $0.literal == "-a" }
      default: break
      }
    case "run": runs = Array(words.dropFirst())
    case "source", "autoscr": isOpaque = true
    case "askenv", "editenv", "setexpr", "read": take(naming: words.dropFirst().first)
    case "part", "gpt", "fstype", "uuid":
      if words.count > 3 { take(naming: words.last) }
    case "fdt": takeTree(words)
    case "size", "fatsize", "ext4size": sets.append(("filesize", nil))
    case "dhcp", "bootp":
      for name in ["ipaddr", "serverip", "netmask", "gatewayip", "bootfile"] {
        sets.append((name, nil))
      }
      loads = true
    default: loads = ScriptLoad.commands.contains(command.name)
    }
  }

  private mutating func take(setting words: ArraySlice<ScriptWord>) {
    let words = words.drop { $0.literal == "-f" }
    guard let name = words.first?.text else { return }
    let values = words.dropFirst()
    sets.append((name, values.isEmpty ? ScriptText() : ScriptText(joining: values)))
  }

  private mutating func take(naming word: ScriptWord?) {
    if let name = word?.text { sets.append((name, nil)) }
  }

  /// `env import [-options] ADDRESS [SIZE [NAME …]]`: names at the end are all that is taken.
  private mutating func takeEnvironment(_ words: [ScriptWord]) {
    if words.dropFirst().first?.text == "run" {
      runs = Array(words.dropFirst(2))
      return
    }
    let names = words.dropFirst(2).drop { $0.literal?.hasPrefix("-") == true && $0.literal != "-" }
      .dropFirst(2)
    guard words.dropFirst().first?.text == "import", !names.isEmpty else {
      isOpaque = true
      return
    }
    for name in names { take(naming: name) }
  }

  /// `fdt get value VARIABLE …`, `fdt addr` sets `fdtaddr`.
  private mutating func takeTree(_ words: [ScriptWord]) {
    guard words.count > 2 else { return }
    if words[1].text == "get", words.count > 3 { take(naming: words[3]) }
    if words[1].text == "addr" { sets.append(("fdtaddr", nil)) }
  }
}
