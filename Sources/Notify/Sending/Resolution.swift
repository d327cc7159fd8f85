import Glibc
import Synchronization
import Threads

/// The addresses of a name, asked for on a thread of its own: a name server that is silent takes longer than anybody agreed
/// to wait, and cannot be told to stop.
final class Resolution: Sendable {
  private static let napMicroseconds: UInt32 = 5_000

  enum Failure: Error {
    case late
    case none(String)
  }

  private struct Found {
    var code: Int32 = 0
    /// Copies of socket addresses.
    var addresses: [[UInt8]] = []
    var isDone = false
  }

  private let found = Mutex(Found())

  private init() {}

  /// - Returns: socket addresses of any family, as bytes.
  static func addresses(
    of host: String, port: Int, _ type: __socket_type, _ patience: Patience
  ) throws(Failure) -> [[UInt8]] {
    let own = Resolution()
    let kind = Int32(type.rawValue)
    guard WorkerThread(orNone: { own.ask(host, port, kind) }) != nil else { throw .none(Machine.words(EAGAIN)) }
    while true {
      let state = own.found.withLock { $0 }
      if state.isDone {
        guard state.code == 0 else { throw .none(String(cString: gai_strerror(state.code))) }
        return state.addresses
      }
      guard Clock.monotonic < patience.end, !patience.interrupted() else { throw .late }
      usleep(napMicroseconds)
    }
  }

  private func ask(_ host: String, _ port: Int, _ type: Int32) {
    var hints = addrinfo()
    hints.ai_socktype = type
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, String(port), &hints, &list)
    var addresses: [[UInt8]] = []
    var next = code == 0 ? list : nil
    // SAFETY: the list and its addresses live until it is freed, and each is as long as it says.
    while let info = next?.pointee {
      next = info.ai_next
      guard let address = info.ai_addr else { continue }
      addresses.append(Array(UnsafeRawBufferPointer(start: address, count: Int(info.ai_addrlen))))
    }
    if code == 0 { freeaddrinfo(list) }
    found.withLock { $0 = Found(code: code, addresses: addresses, isDone: true) }
  }
}
