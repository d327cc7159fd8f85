import CInflate

/// One streaming decoder of a C library, freed with its owner.
struct Decoder: ~Copyable {
  enum Backend: Int32, Sendable {
    case gzipISAL = 0
    /// Slower; the oracle of tests.
    case gzipZlib = 1
    case zstd = 2
  }

  enum Step: Equatable { case going, memberEnd, badChecksum, damaged, windowTooLarge }

  private let decoder: OpaquePointer

  init?(_ backend: Backend, windowLogMax: Int32) {
    guard let decoder = ci_new(backend.rawValue, windowLogMax) else { return nil }
    self.decoder = decoder
  }

  deinit { ci_free(decoder) }

  mutating func reset() { ci_reset(decoder) }

  /// Decodes some of `input` into `output` and says how much of both was used.
  mutating func step(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer) -> (Step, Int, Int) {
    var used = 0
    var made = 0
    guard let from = input.baseAddress ?? UnsafeRawPointer(bitPattern: 1), let to = output.baseAddress else {
      return (.going, 0, 0)
    }
    // SAFETY: both buffers outlive the call and the shim stays within the lengths it is given.
    let state = ci_step(
      decoder, from.assumingMemoryBound(to: UInt8.self), input.count, &used,
      to.assumingMemoryBound(to: UInt8.self), output.count, &made)
    let step: Step =
      switch Int(state) {
      case CI_GOING: .going
      case CI_MEMBER_END: .memberEnd
      case CI_BAD_CHECKSUM: .badChecksum
      case CI_WINDOW: .windowTooLarge
      default: .damaged
      }
    return (step, used, made)
  }
}
