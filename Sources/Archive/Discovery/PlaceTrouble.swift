import Glibc

/// What an error number says of a place where something was to be made.
public enum PlaceTrouble {
  // The disk or the process is out of something, or somebody came in between: the next try may do better.
  private static let passing: Set<Int32> = [
    ENOSPC, EDQUOT, EIO, ENOMEM, EMFILE, ENFILE, EINTR, EAGAIN, EBUSY, EFBIG,
  ]

  /// Whether the place itself is wrong: no later try will do better.
  public static func isLasting(_ number: Int32) -> Bool { number != 0 && !passing.contains(number) }
}
