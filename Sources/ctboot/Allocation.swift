import CAllocator

/// How the C library's allocator takes memory from the system.
enum Allocation {
  /// Much at once, and kept for the next: each thread's memory would grow by a page at a time and
  /// shrink again behind each tree, with a call and page faults for every step. In bytes.
  static func takesMuchAtOnce() {
    mallopt(M_TOP_PAD, 1 << 20)
    mallopt(M_TRIM_THRESHOLD, 32 << 20)
    mallopt(M_MMAP_THRESHOLD, 4 << 20)
  }
}
