/// The checks of dtc that end a compilation, and what is made of them.
///
/// dtc runs its checks one after the other, and the first failure of an *error* ends that, even
/// when the output is forced: references in the rest of the tree are then never resolved, since
/// resolving them is a check as well. So the errors are made warnings when one fails, and dtc goes
/// through all of them. Source: dtc `checks.c`, process_checks and run_check.
enum DTCChecks {
  /// All errors of dtc 1.6.1; those of later versions are warnings there or stay errors.
  static let errors = [
    "duplicate_node_names", "duplicate_property_names", "node_name_chars", "node_name_format",
    "property_name_chars", "duplicate_label", "explicit_phandles", "name_is_string",
    "name_properties", "phandle_references", "path_references", "omit_unused_nodes",
  ]

  /// Options that make each of them a warning.
  static let asWarnings =
    errors.flatMap { ["-E", "no-\($0)"] } + errors.flatMap { ["-W", $0] }

  /// Those that resolve references.
  private static let resolving: Set<Substring> = ["phandle_references", "path_references"]

  /// Whether only the source can show this; all else is in the blob, where rules see it.
  static func isOfSource(_ complaint: Complaint) -> Bool {
    switch complaint.check {
    case "duplicate_label": true
    case "phandle_references", "path_references": complaint.node != nil
    case "explicit_phandles": complaint.message.hasSuffix("is a reference to another node")
    default: false
    }
  }

  /// Whether dtc left the references unresolved for the sake of another failure.
  static func isUnresolved(_ complaint: Complaint) -> Bool {
    complaint.check.map(resolving.contains) == true
      && complaint.message.hasPrefix("Failed prerequisite")
  }
}
