/// The words that divide the structure block.
///
/// ```
/// beginNode  name, zero byte, padding to 4
/// property   length (4 bytes), name's offset in the strings (4 bytes), value, padding to 4
/// endNode
/// nothing
/// end
/// ```
///
/// Source: Devicetree Specification v0.4, section 5.4.1.
enum Token: UInt32 {
  case beginNode = 1
  case endNode = 2
  case property = 3
  case nothing = 4
  case end = 9
}
