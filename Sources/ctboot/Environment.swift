import Foundation

/// The environment's variables, each as it is asked for: Foundation would copy all of them into a
/// dictionary, which takes as long as to read a tree.
enum Environment {
  static func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
