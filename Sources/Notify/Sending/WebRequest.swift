import CCurl
import Configuration
import Glibc
import Reports

/// A request to a web server: certificates are checked, private addresses refused, and nobody is followed elsewhere.
struct WebRequest {
  // Of an answer the code and a sentence are read; what is longer is no answer to a message.
  private static let answerBytesMax = 16 << 10
  private static let headerBytesMax = 64 << 10
  // Whose status says everything is read on for politeness only.
  private static let settleMillis: Int64 = 1_000
  // A server that moves its own pages does so once; more is a loop.
  private static let redirectsMax = 3

  let address: WebAddress
  let query: String
  /// Nil: nothing is sent.
  let body: [UInt8]?
  let headers: [(String, String)]
  let target: NotifyTarget
  let patience: Patience
  /// Whether the body of the answer says more than its status.
  var readsAnswer = false

  struct Answer {
    var status: Int
    /// As far as it came.
    var bytes: [UInt8]
    /// Why it did not come to its end; nil if it did.
    var cut: String?
    var retryAfter: Int64?
  }

  /// No answer, or one from somebody else.
  struct Failure: Error { let words: String }

  /// What happens while a request is under way; reached through a pointer from C.
  private final class Watch {
    let policy: AddressPolicy
    let interrupted: @Sendable () -> Bool
    var refusal: String?

    init(_ policy: AddressPolicy, _ interrupted: @escaping @Sendable () -> Bool) {
      self.policy = policy
      self.interrupted = interrupted
    }
  }

  func send() throws(Failure) -> Answer {
    var url = address.text
    if !query.isEmpty { url += (url.contains("?") ? "&" : "?") + query }
    let end = patience.end
    for _ in 0...WebRequest.redirectsMax {
      let left = end - Clock.monotonic
      guard left > 0 else { throw Failure(words: "\(address.shown): no answer in time") }
      let (answer, location) = try exchange(url, millis: left)
      guard (300..<400).contains(answer.status), let location else { return answer }
      guard cl_same_origin(url, location) == 1 else {
        let place = (try? WebAddress(location, allowsHTTP: true))?.shown ?? "elsewhere"
        throw Failure(words: "\(address.shown) leads to another host (\(place)); nobody is followed there")
      }
      // 301 to 303 ask for a page instead of taking a message.
      guard body == nil || answer.status == 307 || answer.status == 308 else {
        throw Failure(words: "\(address.shown) has moved (\(answer.status)); write its new address")
      }
      url = location
    }
    throw Failure(words: "\(address.shown) leads in circles")
  }

  private func exchange(_ url: String, millis: Int64) throws(Failure) -> (Answer, location: String?) {
    let watch = Watch(AddressPolicy(allowsPrivate: target.allowsPrivate), patience.interrupted)
    var response = cl_response()
    perform(url, millis, watch, &response)
    defer { cl_free(&response) }
    // Once the status is known, the server has said what it thinks of the message, however its answer goes on.
    guard response.status > 0 else {
      // Of a name with several addresses another one may have been taken.
      if let refusal = watch.refusal { throw Failure(words: "\(address.host) is \(refusal)") }
      throw Failure(words: "\(address.shown): \(WebRequest.words(&response))")
    }
    // SAFETY: the shim has filled as many bytes as it says.
    let bytes = response.answer.map { Array(UnsafeBufferPointer(start: $0, count: response.answer_length)) } ?? []
    let after = response.retry_after_seconds > 0 ? response.retry_after_seconds * 1000 : nil
    return (
      Answer(
        status: response.status, bytes: bytes, cut: response.code == 0 ? nil : WebRequest.words(&response),
        retryAfter: after),
      response.location.map { String(cString: $0) }
    )
  }

  private static func words(_ response: inout cl_response) -> String {
    withUnsafeBytes(of: &response.error) { raw in String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self) }
  }

  private func perform(_ url: String, _ millis: Int64, _ watch: Watch, _ response: inout cl_response) {
    let agent = "harrier/\(Tool.version)"
    let lines = headers.map { strdup("\($0.0): \($0.1)") }
    defer { for line in lines { free(line) } }
    var pointers = lines.map { UnsafePointer<CChar>($0) } + [nil]
    let authorities = target.authorities.map { strdup($0) } ?? nil
    defer { free(authorities) }
    var nothing: UInt8 = 0
    // SAFETY: every pointer in the request is good until the closures end, and the request ends within them. The watch
    // outlives it: it is the caller's.
    withUnsafePointer(to: &nothing) { empty in
      url.withCString { url in
        agent.withCString { agent in
          pointers.withUnsafeMutableBufferPointer { lines in
            (body ?? []).withUnsafeBufferPointer { bytes in
              var request = cl_request(
                url: url, body: body == nil ? nil : bytes.baseAddress ?? empty, body_length: bytes.count,
                headers: UnsafePointer(lines.baseAddress), agent: agent, authorities: UnsafePointer(authorities),
                timeout_millis: millis, allows_http: target.allowsHTTP ? 1 : 0,
                answer_bytes_max: WebRequest.answerBytesMax, header_bytes_max: WebRequest.headerBytesMax,
                settle_millis: readsAnswer ? 0 : WebRequest.settleMillis, permits: WebRequest.permits,
                interrupted: WebRequest.interrupted, context: Unmanaged.passUnretained(watch).toOpaque())
              cl_send(&request, &response)
            }
          }
        }
      }
    }
  }

  private static let permits: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<sockaddr>) -> Int32 = {
    guard let context = $0 else { return 0 }
    let watch = Unmanaged<Watch>.fromOpaque(context).takeUnretainedValue()
    watch.refusal = watch.policy.refusal($1)
    return watch.refusal == nil ? 1 : 0
  }

  private static let interrupted: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = {
    guard let context = $0 else { return 1 }
    return Unmanaged<Watch>.fromOpaque(context).takeUnretainedValue().interrupted() ? 1 : 0
  }
}
