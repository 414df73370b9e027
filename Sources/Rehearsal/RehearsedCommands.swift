/// Every command that is played. Each family is a file in Commands/: a new command is a type there and
/// a line here.
public enum RehearsedCommands {
  public static let all: [any UBootCommand.Type] = [
    Echo.self, TrueCommand.self, FalseCommand.self, ExitCommand.self, SleepCommand.self,
    ShowVar.self, TestCommand.self, ITest.self, SetExpr.self,
    SetEnv.self, PrintEnv.self, EnvCommand.self, SaveEnv.self, AskEnv.self, Run.self, Source.self,
    MemoryWrite.self, MemoryCopy.self, MemoryDisplay.self, MemoryCompare.self, Checksum.self,
    Reset.self, PowerOff.self, VersionCommand.self,
  ]
}
