/// Labels beside an axis: each as near to what it names as it can be, none over another.
enum MapLabels {
  /// The middle of the first line of each label, in the order given; `wanted` is sorted. The sum of
  /// squares of the ways that labels are moved is least (pool adjacent violators).
  ///
  /// - Parameter heights: of each label, in pixels.
  static func places(_ wanted: [Double], heights: [Double], top: Double) -> [Double] {
    // Labels that touch form a block, which lies where its labels want it on the average.
    var blocks: [(sum: Double, count: Int)] = []
    var above = 0.0
    for (place, height) in zip(wanted, heights) {
      blocks.append((max(place, top) - above, 1))
      above += height
      while blocks.count > 1,
        blocks[blocks.count - 2].sum / Double(blocks[blocks.count - 2].count)
          > blocks[blocks.count - 1].sum / Double(blocks[blocks.count - 1].count)
      {
        let last = blocks.removeLast()
        blocks[blocks.count - 1].sum += last.sum
        blocks[blocks.count - 1].count += last.count
      }
    }
    var places: [Double] = []
    above = 0
    for block in blocks {
      let start = max(top, block.sum / Double(block.count))
      for _ in 0..<block.count where places.count < heights.count {
        places.append(start + above)
        above += heights[places.count - 1]
      }
    }
    return places
  }
}

/// A text in lines of a given length.
enum WrappedText {
  /// Breaks at blanks; a word that is longer than a line is broken within.
  ///
  /// - Parameter letters: that a line holds, at least one.
  static func lines(_ text: String, letters: Int) -> [String] {
    let letters = max(1, letters)
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ").flatMap({ pieces(of: $0, letters: letters) }) {
      if line.isEmpty {
        line = word
      } else if TerminalWidth.of(line) + 1 + TerminalWidth.of(word) <= letters {
        line += " " + word
      } else {
        lines.append(line)
        line = word
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  private static func pieces(of word: Substring, letters: Int) -> [String] {
    guard TerminalWidth.of(String(word)) > letters else { return [String(word)] }
    var pieces: [String] = []
    var piece = ""
    var width = 0
    for letter in word {
      let more = TerminalWidth.of(String(letter))
      if width + more > letters, !piece.isEmpty {
        pieces.append(piece)
        (piece, width) = ("", 0)
      }
      piece.append(letter)
      width += more
    }
    return pieces + [piece]
  }
}
