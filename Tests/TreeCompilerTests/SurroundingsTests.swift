import Diagnostics
import Foundation
import OutsideTools
import SystemPackage
import Testing

@testable import TreeCompiler

/// Programs that are missing, hang, crash or talk without end, and files that are none.
@Suite struct SurroundingsTests {
  private let plain = "/dts-v1/; / { };"

  @Test func aMissingProgramIsToldWithItsPackage() async throws {
    let bench = try Workbench(["board.dts": plain, "cpp.dts": "#define X\n" + plain])
    var compiler = TreeCompiler()
    compiler.dtc = "no-such-dtc"
    compiler.cpp = "no-such-cpp"
    let dtc = await #expect(throws: TreeCompilerError.missing(.dtc)) {
      _ = try await bench.compile(with: compiler)
    }
    #expect(dtc?.diagnostic.help == "apt-get install device-tree-compiler")
    let cpp = await #expect(throws: TreeCompilerError.missing(.cpp)) {
      _ = try await bench.compile("cpp.dts", with: compiler)
    }
    #expect(cpp?.diagnostic.help == "apt-get install cpp")
  }

  @Test func aProgramThatHangsIsEndedWithAllThatItStarted() async throws {
    let bench = try Workbench(["board.dts": plain])
    var compiler = TreeCompiler(timeLimit: .milliseconds(300))
    compiler.dtc = try bench.program("dtc", "echo $$ >> \(bench.path("pids"))\nsleep 600 & wait\n")
    await #expect(throws: TreeCompilerError.timedOut(.dtc, after: .milliseconds(300))) {
      _ = try await bench.compile(with: compiler)
    }
    let pids = try String(contentsOfFile: bench.path("pids").string, encoding: .utf8)
      .split(separator: "\n")
    #expect(pids.count == 2)
    for pid in pids {
      let processes = try OutsideTool.run("ps", ["-o", "stat=", "-g", String(pid)]).output
      #expect(processes.split(separator: "\n").allSatisfy { $0.hasPrefix("Z") })
    }
  }

  @Test func aProgramThatCrashesIsNamed() async throws {
    let bench = try Workbench(["board.dts": plain])
    var compiler = TreeCompiler()
    compiler.dtc = try bench.program("dtc", "kill -SEGV $$\n")
    await #expect(throws: TreeCompilerError.crashed(.dtc, signal: 11)) {
      _ = try await bench.compile(with: compiler)
    }
  }

  @Test func aProgramThatTalksWithoutEndIsEnded() async throws {
    let bench = try Workbench(["board.dts": plain])
    var compiler = TreeCompiler()
    compiler.dtc = try bench.program("dtc", "exec yes >&2\n")
    await #expect(
      throws: TreeCompilerError.tooMuchOutput(.dtc, limit: ProgramRun.mostOutput)
    ) { _ = try await bench.compile(with: compiler) }
  }

  /// `#define A B B`, `#define B C C` … doubles the text with each line.
  @Test func macrosThatGrowWithoutEndAreStopped() async throws {
    let names = (0..<40).map { "M\($0)" }
    let macros = zip(names, names.dropFirst()).map { "#define \($0) \($1) \($1)\n" }.joined()
    let bench = try Workbench(["board.dts": macros + "/dts-v1/; / { a = <M0>; };\n"])
    await #expect(throws: TreeCompilerError.self) {
      _ = try await bench.compile(with: TreeCompiler(timeLimit: .seconds(1)))
    }
  }

  @Test func whatIsNoFileIsNotWaitedFor() async throws {
    let bench = try Workbench(["board.dts": plain])
    let pipe = bench.path("pipe.dts")
    #expect(mkfifo(pipe.string, 0o600) == 0)
    await #expect(throws: TreeCompilerError.notFile(pipe)) {
      _ = try await bench.compile("pipe.dts")
    }
    let folder = bench.path("").removingLastComponent()
    await #expect(throws: TreeCompilerError.notFile(folder)) {
      _ = try await TreeCompiler().compile(file: folder)
    }
    await #expect(
      throws: TreeCompilerError.cannotRead(bench.path("no.dts"), .noSuchFileOrDirectory)
    ) { _ = try await bench.compile("no.dts") }
  }

  /// At once: by cpp or dtc it would be waited for until their time is over.
  @Test(arguments: ["#include \"pipe\"", "#include <pipe>", "/include/ \"pipe\""])
  func anIncludedPipeIsRefused(include: String) async throws {
    let bench = try Workbench([
      "board.dts": "/dts-v1/;\n#include \"parts/soc.dtsi\"\n/ { };",
      "parts/soc.dtsi": "/ { a; };\n  \(include)\n", "paths/other": "",
    ])
    #expect(mkfifo(bench.path("pipe").string, 0o600) == 0)
    let compiler = TreeCompiler(
      includePaths: [bench.path("paths"), bench.path("")], timeLimit: .seconds(3600))
    #expect(
      try await bench.refusal(with: compiler) == [
        "parts/soc.dtsi:2:3: `pipe` is a pipe, which could be read for ever [dts-syntax]"
      ])
  }

  @Test func anIncludedDeviceIsRefused() async throws {
    let bench = try Workbench([
      "board.dts": "/dts-v1/;\n/ { a = /incbin/(\"/dev/zero\"); };"
    ])
    #expect(
      try await bench.refusal() == [
        "board.dts:2:9: `/dev/zero` is a device, which could be read for ever [dts-syntax]"
      ])
  }

  /// The name of a folder is passed over by cpp, and by us; so is a pipe that stands behind a file.
  @Test func theFirstFileOfANameCounts() async throws {
    let bench = try Workbench([
      "board.dts": "/dts-v1/;\n#include \"x\"\n", "x/y": "", "one/x": "/ { };", "two/y": "",
    ])
    #expect(mkfifo(bench.path("two/x").string, 0o600) == 0)
    let compiler = TreeCompiler(includePaths: [bench.path("one"), bench.path("two")])
    _ = try await bench.compile(with: compiler)
  }

  /// A file that includes itself ends somewhere.
  @Test func includesInACircle() async throws {
    let bench = try Workbench(["board.dts": "#include \"board.dts\"\n/dts-v1/; / { };"])
    #expect(try await !bench.refusal().isEmpty)
  }

  /// A name that only a macro makes is not seen beforehand.
  @Test func aPipeBehindAMacroIsNotWaitedForWithoutEnd() async throws {
    let bench = try Workbench([
      "board.dts": "#define FILE \"pipe\"\n#include FILE\n/dts-v1/; / { };"
    ])
    #expect(mkfifo(bench.path("pipe").string, 0o600) == 0)
    let limit = Duration.milliseconds(300)
    await #expect(throws: TreeCompilerError.timedOut(.cpp, after: limit)) {
      _ = try await bench.compile(with: TreeCompiler(timeLimit: limit))
    }
  }

  @Test func nothingTemporaryIsLeft() async throws {
    let bench = try Workbench([
      "board.dts": "#define X 1\n/dts-v1/;\n/ { a = <X>; };", "bad.dts": "#define X\n/ {",
      "temporaries/mine": "",
    ])
    var compiler = TreeCompiler()
    compiler.temporaries = bench.path("temporaries")
    _ = try await bench.compile(with: compiler)
    #expect(try await !bench.refusal("bad.dts", with: compiler).isEmpty)
    let left = try FileManager.default.contentsOfDirectory(atPath: bench.path("temporaries").string)
    #expect(left == ["mine"])
    compiler.temporaries = bench.path("none")
    let error = await #expect(throws: TreeCompilerError.self) {
      _ = try await bench.compile(with: compiler)
    }
    #expect(error?.diagnostic.help == "set TMPDIR to a folder with room")
  }
}
