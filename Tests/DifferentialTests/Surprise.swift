/// Something about U-Boot's old shell that people trip over. Each is tried in many ways, which are made
/// from a seed.
struct Surprise: Sendable {
  /// How many fragments each is tried with.
  static let tries = 15
  static let seed: UInt64 = 0x5EED_2023

  let title: String
  let make: @Sendable (inout Dice) -> String

  static func fragments() -> [Fragment] {
    all.enumerated().flatMap { number, surprise in
      (1...tries).map { attempt in
        let seed = seed &+ UInt64(number * 1000 + attempt)
        var dice = Dice(seed: seed)
        return Fragment(
          family: "surprises", title: "\(surprise.title), seed \(seed)",
          script: Array((surprise.make(&dice) + "\necho last $?\n").utf8))
      }
    }
  }

  static let all: [Surprise] = [
    Surprise(title: "an unset variable shifts the words of test") { dice in
      let right = dice.word()
      let operation = dice.pick(["=", "!=", "<", ">", "-eq", "-ne", "-lt"])
      let chain = dice.chance(40) ? dice.pick([" -a", " -o"]) + " \(dice.word()) = a" : ""
      return "if test ${unset} \(operation) \(right)\(chain); then echo yes; else echo no; fi"
    },
    Surprise(title: "an unset variable as a condition") { dice in
      let form = dice.pick(["${unset}", "$unset", "\"${unset}\"", "$unset $unset", "${unset:-}"])
      let before = dice.pick(["true; ", "false; ", ""])
      return "if \(before)\(form); then echo yes; else echo no; fi"
    },
    Surprise(title: "test of empty and unset texts") { dice in
      let operation = dice.pick(["-n", "-z", "! -n", "! -z"])
      let operand = dice.pick(["${unset}", "\"${unset}\"", "\"\"", "''", "$unset", dice.word()])
      let chain = dice.chance(50) ? " -a a = a" : ""
      return "test \(operation) \(operand)\(chain)"
    },
    Surprise(title: "bases of numbers") { dice in
      let number = dice.hexadecimal()
      let other = dice.chance(50) ? "0x\(number)" : dice.digits()
      let order = dice.pick(["-eq", "-ne", "-lt", "-gt"])
      return """
        test \(number) \(order) \(other); echo $?
        itest \(number) \(order) \(other); echo $?
        """
    },
    Surprise(title: "test of what is no number") { dice in
      let left = dice.pick([dice.word(), "abc", "1x", "0xg", "-", "+1"])
      return
        "test \(left) \(dice.pick(["-eq", "-gt", "-le"])) \(dice.pick(["b", "0", dice.word()]))"
    },
    Surprise(title: "setexpr counts in hexadecimal") { dice in
      let operation = dice.pick(["+", "-", "*", "\"|\"", "\"&\"", "^"])
      return "setexpr va \(dice.hexadecimal()) \(operation) \(dice.digits()); echo $va"
    },
    Surprise(title: "the code of commands in a row") { dice in
      (0..<dice.roll(2...5)).map { _ in "\(dice.command()); echo $?" }.joined(separator: "; ")
    },
    Surprise(title: "a skip lasts") { dice in
      var line = dice.command()
      for _ in 0..<dice.roll(2...6) {
        line += " \(dice.pick(["&&", "||", "&&", "||", ";"])) \(dice.command())"
      }
      return dice.chance(50) ? line : "if \(line); then echo yes; else echo no; fi"
    },
    Surprise(title: "a list in quotes is split") { dice in
      let list = (0..<dice.roll(0...4)).map { _ in dice.word() }.joined(
        separator: dice.pick([" ", "  "]))
      let form = dice.pick(["\"${vl}\"", "${vl}", "'${vl}'", "\"a ${vl}\" b", "x${vl}y"])
      return "setenv vl \"\(list)\"\nfor vi in \(form); do echo <$vi>; done"
    },
    Surprise(title: "no names of files in the place of stars") { dice in
      let pattern = dice.pick(["*", "?", "*.txt", "[a-z]", "a*b", "\\*", "'*'", "\"?\""])
      return dice.chance(50)
        ? "for vf in \(pattern); do echo $vf; done"
        : "setenv vp \(pattern); echo $vp; echo \(pattern)"
    },
    Surprise(title: "a single quote between double quotes") { dice in
      let inside = dice.pick(["it's", "a 'b' c", "'", "''", "a'b;c'd", "a'  'b", "\\'"])
      return
        "echo one\necho \"\(inside)\" \(dice.word())\necho \(dice.pick(["two", "\"isn't\"", "'x'"]))"
    },
    Surprise(title: "backslashes in each kind of quotes") { dice in
      let letter = dice.pick(["n", "t", "b", "\\", "$", "\"", "'", ";", " ", "#", "*"])
      let quote = dice.pick(
        letter == "\"" ? ["'", ""] : letter == "'" ? ["\"", ""] : ["\"", "'", ""])
      return """
        echo \(quote)x\\\(letter)y\(quote)
        setenv va \(quote)x\\\(letter)y\(quote)
        printenv va
        echo $va "$va"
        """
    },
    Surprise(title: "a backslash at a line's end") { dice in
      let quote = dice.pick(["\"", "'", ""])
      return
        "setenv va \(quote)\(dice.word())\(dice.pick([" ", ""]))\\\n\(dice.word())\(quote)\nprintenv va"
    },
    Surprise(title: "a newline in quotes") { dice in
      let quote = dice.pick(["\"", "'"])
      let text = "\(dice.word())\n\(dice.pick(["", " "]))\(dice.word())"
      return
        "setenv va \(quote)\(text)\(quote)\necho \(quote)\(text)\(quote)\necho $va\necho \"$va\""
    },
    Surprise(title: "what a hash begins") { dice in
      let text = dice.pick([
        "a#b", "#b", "a #b", "'#b'", "\"#b\"", "\\#b", "a;#b", "a; # b", "${unset}#b",
      ])
      return "echo \(text)\nsetenv va \(text)\nprintenv va"
    },
    Surprise(title: "empty commands") { dice in
      (0..<dice.roll(1...4)).map { _ in
        dice.command() + dice.pick([";;", "; ;", ";", ";;;", "\n;\n"])
      }
      .joined(separator: " ") + "\necho end"
    },
    Surprise(title: "a single ampersand or bar drops the rest") { dice in
      let sign = dice.pick([" & ", " | ", "&", "|", " &", " |\n"])
      return "echo one\n\(dice.command())\(sign)\(dice.command())\necho two"
    },
    Surprise(title: "what is left open, and what closes nothing") { dice in
      let fault = dice.pick([
        "echo ${va", "echo \"a", "echo 'a", "fi", "else", "done", "then echo a", "do echo a",
        "if true; then echo a; done", "for vi in a; do echo $vi; fi", "if true; fi", "elif true",
        "while false; do echo a; fi", "for", "for vi", "if",
      ])
      return "echo one\n\(fault)\necho two\nif true; then echo three; fi"
    },
    Surprise(title: "a structure without its end") { dice in
      let open = dice.pick([
        "if \(dice.command()); then echo a", "if true; then echo a; else echo b",
        "for vi in a b; do echo $vi", "while false; do echo a", "if true", "until true; do",
        "if true; then if true; then echo a; fi",
      ])
      return "echo one\n\(open)"
    },
    Surprise(title: "returns before newlines") { dice in
      let line = dice.pick([
        "if true; then", "echo a", "setenv va \(dice.word())", "for vi in a b; do",
        "true && echo b",
        "test a = a", "fi", "# comment", "va=5",
      ])
      let end =
        line.hasPrefix("if")
        ? "echo b\r\nfi\r" : line.hasPrefix("for") ? "echo $vi\r\ndone\r" : "\r"
      return "echo one\r\n\(line)\r\n\(end)\necho \"<$va>\""
    },
    Surprise(title: "defaults, and expansions that are not there") { dice in
      let name = dice.pick(["va", "unset"])
      let form = dice.pick([
        ":-\(dice.word())", ":+\(dice.word())", ":=\(dice.word())", "-\(dice.word())", "%a", "##x",
        ":1",
        ":-${va}", "/a/b", ":-two words", ":", "+x", "=x",
      ])
      return
        "setenv va \(dice.word())\necho <${\(name)\(form)}>\necho \"<${\(name)\(form)}>\"\necho <$\(name)>"
    },
    Surprise(title: "the shell's own variables are not run") { dice in
      let name = dice.name()
      let kind = dice.pick([
        "\(name)='echo \(dice.word())'", "setenv \(name) 'echo \(dice.word())'",
      ])
      return "\(kind)\nrun \(name)\necho $?\n$\(name)\nprintenv \(name)"
    },
    Surprise(title: "spaces around an equals sign") { dice in
      let name = dice.name()
      let form = dice.pick([
        "\(name) = 5", "\(name)= 5", "\(name) =5", "\(name)=5", "\(name)=\"5 6\"", "\(name)=5 6",
      ])
      return "\(form)\necho $? <$\(name)>"
    },
    Surprise(title: "equals signs for setenv") { dice in
      let form = dice.pick([
        "va=b 1", "va=b", "va b=c", "va =b", "=va b", "va = b", "'va=b' c", "va== x",
      ])
      return "setenv \(form)\necho $?\nprintenv va"
    },
    Surprise(title: "setenv joins with single spaces") { dice in
      let words = (0..<dice.roll(1...6)).map { _ in
        dice.pick([
          dice.word(), "\"\(dice.word())  \(dice.word())\"", "''", "${unset}", "'\(dice.word()) '",
        ])
      }
      return
        "setenv va \(words.joined(separator: dice.pick([" ", "   ", "\t"])))\nprintenv va\necho $va"
    },
    Surprise(title: "run and its code") { dice in
      let body = (0..<dice.roll(1...4)).map { _ in dice.command() }
        .joined(separator: dice.pick(["; ", " && ", " || "]))
      return "setenv vr '\(body)'\nrun vr\necho $?\nrun vr && echo and\nrun vr || echo or"
    },
    Surprise(title: "run of several and of missing") { dice in
      let names = (0..<dice.roll(1...4)).map { _ in dice.pick(["va", "vb", "vc", "missing"]) }
      return """
        setenv va 'echo a'; setenv vb 'echo b; false'; setenv vc 'false; echo c'
        run \(names.joined(separator: " "))
        echo $?
        """
    },
    Surprise(title: "a load that fails keeps the size") { dice in
      let files = [
        "hello.txt", "boot/inner.txt", "missing.txt", "empty.txt", "/nowhere/x", "HELLO.TXT",
        "boot",
      ]
      return (0..<dice.roll(2...3)).map { _ in
        "\(dice.pick(["load", "fatload", "ext4load", "size"])) virtio 0:\(dice.pick(["1", "1", "2", "a"]))"
          + " 50000000 \(dice.pick(files)); echo $? $filesize $fileaddr"
      }.joined(separator: "\n")
    },
    Surprise(title: "unknown commands") { dice in
      let word = dice.pick([
        "nonsense", "ehco", "Echo", "[", "unzip", "./x", "echo.b", "e", "se", "pri", "tes", "ex",
      ])
      return
        "\(word) \(dice.word())\necho $?\n\(word) && echo and\nif \(word); then echo yes; else echo no; fi"
    },
    Surprise(title: "exit") { dice in
      let exit = dice.pick(["exit", "exit 0", "exit 1", "exit 3", "exit -2", "exit x"])
      let form = dice.pick([
        exit, "if true; then \(exit); echo inside; fi", "for vi in a b; do echo $vi; \(exit); done",
        "setenv vr '\(exit); echo inside'; run vr", "false || \(exit)", "\(exit) && echo and",
      ])
      return "echo one\n\(form)\necho $?\necho two"
    },
    Surprise(title: "structures over lines") { dice in
      func gap(_ dice: inout Dice) -> String {
        dice.pick(["; ", "\n", ";\n", "\n\n  ", "; # note\n"])
      }
      let condition = dice.command()
      return
        "if \(condition)\(gap(&dice))then\(dice.pick([" ", "\n", " # note\n"]))echo yes\(gap(&dice))"
        + "else\(dice.pick([" ", "\n"]))for vi in a b\(gap(&dice))do\(dice.pick([" ", "\n"]))echo $vi\(gap(&dice))done"
        + "\(gap(&dice))fi"
    },
    Surprise(title: "what other shells have") { dice in
      dice.pick([
        "echo a > file", "echo a >> file", "echo a 2> file", "echo < file", "(echo a)",
        "{ echo a; }",
        "echo `echo a`", "echo $(echo a)", "echo $((1 + 2))", "! true", "[[ a = a ]]",
        "f() { true; }",
        "case a in a) echo x;; esac", "echo a <<END", "let va=1", "export va=1", "unset va",
        "local va=1",
        "[ a = a ]", "true |& false", "break", "continue", "return 1", "shift", ": x", ". file",
      ]) + "\necho $?\necho after"
    },
    Surprise(title: "test's operators in a chain") { dice in
      func term(_ dice: inout Dice) -> String {
        dice.pick(["", "", "! "])
          + dice.pick([
            "a = a", "a = b", "a != a", "1 -lt 2", "3 -le 2", "-n a", "-z a", "b > a", "2 -gt 10",
            "a == a",
          ])
      }
      var words = term(&dice)
      for _ in 0..<dice.roll(0...2) { words += " \(dice.pick(["-a", "-o"])) \(term(&dice))" }
      return "test \(words)"
    },
    Surprise(title: "devices and partitions") { dice in
      let place = dice.pick([
        "0:1", "0", "0:0", "0:auto", "0:2", "0:10", "0:a", "00:01", "1:1", "0#x", ":1", "0:",
        "0:1x", "x",
      ])
      let command = dice.pick([
        "load virtio \(place) 50000000 hello.txt", "size virtio \(place) hello.txt",
        "test -e virtio \(place) hello.txt", "fstype virtio \(place)",
        "fatload virtio \(place) 50000000 hello.txt",
      ])
      return "\(command)\necho $? $filesize"
    },
    Surprise(title: "names of files on FAT") { dice in
      let path = dice.pick([
        "hello.txt", "boot/inner.txt", "upper.txt", "boot/deep/er/file.bin",
        "a long file name.text",
      ])
      let form = dice.pick([
        path, path.uppercased(), "/\(path)", path.replacing("t", with: "T"), "//\(path)",
        "\(path)/", "./\(path)",
      ])
      return "load virtio 0:1 50000000 \"\(form)\"\necho $? $filesize\nsize virtio 0:1 \"\(form)\""
    },
  ]
}
