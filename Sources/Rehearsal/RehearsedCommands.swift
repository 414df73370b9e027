/// Every command that is played. Each family is a file in Commands/: a new command is a type there and
/// a line here.
public enum RehearsedCommands {
  public static let all: [any UBootCommand.Type] = [
    Echo.self, TrueCommand.self, FalseCommand.self, ExitCommand.self, SleepCommand.self,
    ShowVar.self, TestCommand.self, ITest.self, SetExpr.self,
    SetEnv.self, PrintEnv.self, EnvCommand.self, SaveEnv.self, AskEnv.self, Run.self, Source.self,
    MemoryWrite.self, MemoryCopy.self, MemoryDisplay.self, MemoryCompare.self, Checksum.self,
    Load.self, FileSize.self, ListFiles.self, FileSystemType.self, NetworkLoad.self, Devices.self,
    FirmwareInterface.self, PCIBus.self,
    Part.self, FDT.self, BootZ.self, BootM.self, Go.self, ImageInfo.self, SysBoot.self,
    Reset.self, PowerOff.self, VersionCommand.self,
  ]
}
