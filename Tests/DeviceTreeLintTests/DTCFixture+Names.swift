extension DTCFixture {
  /// What things are called.
  static let names: [DTCFixture] = [
    DTCFixture("a model of cells", "/ { model = <1>; };", ["model_is_string": 1])
  ]
}
