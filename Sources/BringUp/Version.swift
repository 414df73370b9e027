/// The version of this program, as `ctboot --version` prints it.
public enum Version {
  public static let current = "0.2.0"
}
