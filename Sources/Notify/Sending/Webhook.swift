import Configuration
import Reports

/// Delivers notices to webhooks, and signs of life.
struct Webhook {
  let target: NotifyTarget
  let url: SecretSource

  func send(_ notice: Notice, _ shape: NotifyTarget.Shape, secret: SecretSource?, _ patience: Patience) -> Outcome {
    let key: String?
    do throws(SecretSource.Trouble) {
      key = try secret?.read()
    } catch {
      return .unreachable(error.words)
    }
    let body = WebhookBody(notice, shape, secret: key, time: Clock.now)
    let headers = [("Content-Type", "application/json; charset=utf-8"), ("Idempotency-Key", notice.key)] + body.headers
    return request(body.bytes, body.query, headers, shape, patience)
  }

  func ping(_ patience: Patience) -> Outcome { request(nil, "", [], nil, patience) }

  private func request(
    _ body: [UInt8]?, _ query: String, _ headers: [(String, String)], _ shape: NotifyTarget.Shape?,
    _ patience: Patience
  ) -> Outcome {
    let address: WebAddress
    do throws(SecretSource.Trouble) {
      let text = try url.read()
      do throws(WebAddress.Refusal) {
        address = try WebAddress(text, allowsHTTP: target.allowsHTTP)
      } catch {
        return .unreachable("the address \(error.words)")
      }
    } catch {
      return .unreachable(error.words)
    }
    let request = WebRequest(
      address: address, query: query, body: body, headers: headers, target: target, patience: patience,
      readsAnswer: shape?.answersInBody == true)
    do throws(WebRequest.Failure) {
      let answer = try request.send()
      return Webhook.outcome(answer, address, shape)
    } catch {
      return .unreachable(error.words)
    }
  }

  private static func outcome(
    _ answer: WebRequest.Answer, _ address: WebAddress, _ shape: NotifyTarget.Shape?
  ) -> Outcome {
    let words = "\(address.shown) answered \(answer.status)"
    let verdict = shape.flatMap { ServiceAnswer($0, answer.bytes) }
    switch (answer.status, verdict) {
    // It asks for patience.
    case (408, _), (425, _), (429, _), (500..., _): return .unreachable(words, after: answer.retryAfter)
    case (_, .busy(let code)?): return .unreachable("\(words), \(code)", after: answer.retryAfter)
    case (200..<300, nil), (200..<300, .taken?): return .delivered
    case (200..<300, .unreadable(let what)?):
      // What it thinks of the message was on its way.
      if let cut = answer.cut { return .unreachable("\(address.shown): \(cut)") }
      return .refused("\(words) with \(what)")
    case (_, .refused(let code)?): return .refused("\(words), \(code)")
    default: return .refused(words)
    }
  }
}
