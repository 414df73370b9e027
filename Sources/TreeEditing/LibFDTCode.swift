/// What a function of libfdt answers instead of a result.
///
/// Each code has its name in C, which U-Boot prints as it is.
public enum LibFDTCode: Int32, Sendable, Hashable, CaseIterable {
  case notFound = 1
  case exists
  case noSpace
  case badOffset
  case badPath
  case badPhandle
  case badState
  case truncated
  case badMagic
  case badVersion
  case badStructure
  case badLayout
  case `internal`
  case badCells
  case badValue
  case badOverlay
  case noPhandles
  case badFlags
  case alignment

  /// The name in C: `FDT_ERR_NOSPACE`.
  public var name: String {
    let word =
      switch self {
      case .notFound: "NOTFOUND"
      case .exists: "EXISTS"
      case .noSpace: "NOSPACE"
      case .badOffset: "BADOFFSET"
      case .badPath: "BADPATH"
      case .badPhandle: "BADPHANDLE"
      case .badState: "BADSTATE"
      case .truncated: "TRUNCATED"
      case .badMagic: "BADMAGIC"
      case .badVersion: "BADVERSION"
      case .badStructure: "BADSTRUCTURE"
      case .badLayout: "BADLAYOUT"
      case .internal: "INTERNAL"
      case .badCells: "BADNCELLS"
      case .badValue: "BADVALUE"
      case .badOverlay: "BADOVERLAY"
      case .noPhandles: "NOPHANDLES"
      case .badFlags: "BADFLAGS"
      case .alignment: "ALIGNMENT"
      }
    return "FDT_ERR_" + word
  }

  /// The code of a negative result; later libraries may know more of them.
  init(result: Int32) {
    self = result < 0 && result > .min ? LibFDTCode(rawValue: -result) ?? .internal : .internal
  }
}
