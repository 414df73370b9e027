import SystemPackage

/// How apt is told to keep away from the host's state.
struct AptConfiguration {
  let folder: FilePath
  let architecture: String

  /// Given with `-c`, which apt reads after the host's own files: only a file can clear lists.
  var file: FilePath { folder.appending("apt.conf") }

  /// Folders that must stand before apt runs.
  var folders: [FilePath] {
    [
      folder.appending("lists").appending("partial"),
      folder.appending("cache").appending("archives").appending("partial"),
    ]
  }

  /// An empty file in place of dpkg's list of installed packages.
  var status: FilePath { folder.appending("status") }

  /// Paths go on the command line, where they need no quoting.
  var arguments: [String] {
    let cache = folder.appending("cache")
    return [
      "-c", file.string,
      "-o", "Dir::State=\(folder)",
      "-o", "Dir::State::lists=\(folder.appending("lists"))",
      "-o", "Dir::State::status=\(status)",
      "-o", "Dir::Cache=\(cache)",
      "-o", "Dir::Cache::archives=\(cache.appending("archives"))",
      "-o", "Dir::Cache::pkgcache=\(cache.appending("pkgcache.bin"))",
      "-o", "Dir::Cache::srcpkgcache=\(cache.appending("srcpkgcache.bin"))",
      "-o", "APT::Architecture=\(architecture)",
    ]
  }

  /// - Hooks: some hosts empty /var/cache/apt after each update, others wake a desktop service.
  /// - IndexTargets: only the lists of packages are wanted, no translations, icons or sources.
  /// - Sandbox: as root, apt would fetch as a user who may not write to the cache.
  var text: String {
    """
    #clear APT::Update::Pre-Invoke;
    #clear APT::Update::Post-Invoke;
    #clear APT::Update::Post-Invoke-Success;
    #clear DPkg::Pre-Invoke;
    #clear DPkg::Post-Invoke;
    #clear DPkg::Pre-Install-Pkgs;
    #clear APT::Architectures;
    APT::Architectures { "\(architecture)"; };
    #clear Acquire::IndexTargets;
    Acquire::IndexTargets::deb::Packages {
      MetaKey "$(COMPONENT)/binary-$(ARCHITECTURE)/Packages";
      flatMetaKey "Packages";
      ShortDescription "Packages";
      Description "$(RELEASE)/$(COMPONENT) $(ARCHITECTURE) Packages";
      flatDescription "$(RELEASE) Packages";
      Optional "0";
    };
    Acquire::Languages "none";
    Acquire::AllowInsecureRepositories "false";
    Acquire::AllowWeakRepositories "false";
    Acquire::AllowDowngradeToInsecureRepositories "false";
    Acquire::http::Timeout "30";
    Acquire::https::Timeout "30";
    APT::Get::AllowUnauthenticated "false";
    APT::Update::Error-Mode "any";
    APT::Sandbox::User "root";

    """
  }
}
