import Configuration
import Glibc
import Reports

/// Delivers notices to a syslog receiver: one connection for each message, so that an error belongs to a message.
///
/// A datagram is delivered when it was sent: UDP tells of a closed port at best.
struct Syslog {
  // RFC 5426: what receivers of datagrams should take; over TCP four times that is usual.
  private static let datagramBytesMax = 2048
  private static let streamBytesMax = 8192
  // How long a receiver on this machine or network takes to say that nobody listens.
  private static let echoMillis: Int32 = 30

  let address: SyslogAddress
  let format: NotifyTarget.SyslogFormat

  func send(_ notice: Notice, _ patience: Patience) -> Outcome {
    switch address {
    case .unix(let path): return send(notice, path: path, patience)
    case .udp(let host, let port): return send(notice, host, port, SOCK_DGRAM, patience)
    case .tcp(let host, let port): return send(notice, host, port, SOCK_STREAM, patience)
    }
  }

  private func line(_ notice: Notice, isStream: Bool) -> [UInt8] {
    let bytesMax = isStream ? Syslog.streamBytesMax : Syslog.datagramBytesMax
    let line = SyslogLine(notice, format, host: Machine.name, now: Clock.now, bytesMax: bytesMax).bytes
    // RFC 6587: how long a message is stands before it.
    return isStream ? Array("\(line.count) ".utf8) + line : line
  }

  // MARK: Networks

  private func send(
    _ notice: Notice, _ host: String, _ port: Int, _ type: __socket_type, _ patience: Patience
  ) -> Outcome {
    let places: [[UInt8]]
    do throws(Resolution.Failure) {
      places = try Resolution.addresses(of: host, port: port, type, patience)
    } catch {
      switch error {
      case .late: return .unreachable("\(address.text): the name was not resolved in time")
      case .none(let words): return .unreachable("\(address.text): \(words)")
      }
    }
    // A receiver of logs stands in one's own network.
    let policy = AddressPolicy(allowsPrivate: true)
    var last = Outcome.unreachable("\(address.text): no address")
    for place in places {
      last = place.withUnsafeBytes { raw in
        // SAFETY: the bytes are those of a socket address, whose family says how many there are.
        guard let address = raw.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return last }
        if let refusal = policy.refusal(address) { return .unreachable("\(host) is \(refusal)") }
        let family = Int32(address.pointee.sa_family)
        return send(line(notice, isStream: type == SOCK_STREAM), family, type, address, socklen_t(raw.count), patience)
      }
      if last == .delivered { break }
    }
    return last
  }

  // MARK: This machine

  private func send(_ notice: Notice, path: String, _ patience: Patience) -> Outcome {
    var place = sockaddr_un()
    place.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &place.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
    let length = socklen_t(MemoryLayout<sockaddr_un>.size)
    // SAFETY: a sockaddr_un is an address of the length that is given.
    return withUnsafePointer(to: &place) { place in
      place.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        let datagram = send(line(notice, isStream: false), AF_UNIX, SOCK_DGRAM, address, length, patience)
        guard case .unreachable(let words, _) = datagram, words.hasSuffix(Machine.words(EPROTOTYPE)) else {
          return datagram
        }
        return send(line(notice, isStream: true), AF_UNIX, SOCK_STREAM, address, length, patience)
      }
    }
  }

  // MARK: Sending

  private func send(
    _ bytes: [UInt8], _ family: Int32, _ type: __socket_type, _ place: UnsafePointer<sockaddr>, _ length: socklen_t,
    _ patience: Patience
  ) -> Outcome {
    let end = patience.end
    func failure(_ number: Int32) -> Outcome { .unreachable("\(address.text): \(Machine.words(number))") }
    let descriptor = socket(family, Int32(type.rawValue) | O_CLOEXEC | O_NONBLOCK, 0)
    guard descriptor >= 0 else { return failure(errno) }
    defer { close(descriptor) }
    if connect(descriptor, place, length) != 0 {
      guard errno == EINPROGRESS || errno == EAGAIN else { return failure(errno) }
      guard wait(descriptor, POLLOUT, until: end, patience) else { return failure(ETIMEDOUT) }
      let number = pendingError(descriptor)
      guard number == 0 else { return failure(number) }
    }
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        // SAFETY: `done` is within the buffer.
        Glibc.send(descriptor, raw.baseAddress.map { $0 + done }, raw.count - done, Int32(MSG_NOSIGNAL))
      }
      if count >= 0 {
        done += count
      } else if errno == EAGAIN {
        guard wait(descriptor, POLLOUT, until: end, patience) else { return failure(ETIMEDOUT) }
      } else if errno != EINTR {
        return failure(errno)
      }
    }
    return settle(descriptor, isStream: type == SOCK_STREAM, until: end, patience, failure)
  }

  /// Waits until the other side can have said no: a stream until it has taken everything.
  private func settle(
    _ descriptor: Int32, isStream: Bool, until end: Int64, _ patience: Patience, _ failure: (Int32) -> Outcome
  ) -> Outcome {
    if isStream {
      shutdown(descriptor, Int32(SHUT_WR))
      var left: Int32 = 0
      // What the kernel of the other side has not acknowledged may be lost.
      while ioctl(descriptor, UInt(TIOCOUTQ), &left) == 0, left > 0, Clock.monotonic < end, !patience.interrupted() {
        usleep(1000)
      }
      let number = pendingError(descriptor)
      if number != 0 { return failure(number) }
      return left > 0 ? failure(ETIMEDOUT) : .delivered
    }
    var waiting = pollfd(fd: descriptor, events: 0, revents: 0)
    guard poll(&waiting, 1, Syslog.echoMillis) > 0 else { return .delivered }
    let number = pendingError(descriptor)
    return number == 0 ? .delivered : failure(number)
  }

  private func wait(_ descriptor: Int32, _ events: Int32, until end: Int64, _ patience: Patience) -> Bool {
    while !patience.interrupted() {
      let left = end - Clock.monotonic
      guard left > 0 else { return false }
      var waiting = pollfd(fd: descriptor, events: Int16(events), revents: 0)
      if poll(&waiting, 1, Int32(min(left, 200))) > 0 { return true }
    }
    return false
  }

  private func pendingError(_ descriptor: Int32) -> Int32 {
    var number: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &length) == 0 ? number : errno
  }
}

/// What the system says of itself.
enum Machine {
  static var name: String {
    var bytes = [CChar](repeating: 0, count: 256)
    guard gethostname(&bytes, bytes.count - 1) == 0 else { return "localhost" }
    return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  static func words(_ number: Int32) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      buffer.initialize(repeating: 0)
      guard let base = buffer.baseAddress, strerror_r(number, base, buffer.count - 1) == 0 else {
        return "error \(number)"
      }
      return String(cString: base)
    }
  }
}
