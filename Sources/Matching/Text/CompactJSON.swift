import CSimdJSON
import Events

/// The one text that stands for an object or a list, however it was written: no white space between tokens, and
/// escapes only where they are needed.
public enum CompactJSON {
  /// - Parameter room: what it held is gone.
  public static func write(_ json: Text, into room: inout [UInt8]) {
    room.removeAll(keepingCapacity: true)
    room.append(contentsOf: json.bytes)
    guard let from = json.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    // SAFETY: compacting never lengthens a text, and the room has the length of the JSON.
    let length = room.withUnsafeMutableBufferPointer {
      hj_compact(from, json.count, $0.baseAddress.unsafelyUnwrapped)
    }
    room.removeLast(room.count - length)
    PlainEscapes.apply(&room)
  }
}
