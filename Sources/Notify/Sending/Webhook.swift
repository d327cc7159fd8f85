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
    return request(body.bytes, body.query, headers, patience) { answer in
      WebhookBody.refusal(shape, answer: answer).map { .refused("\($0)") } ?? .delivered
    }
  }

  func ping(_ patience: Patience) -> Outcome { request(nil, "", [], patience) { _ in .delivered } }

  private func request(
    _ body: [UInt8]?, _ query: String, _ headers: [(String, String)], _ patience: Patience,
    _ judge: ([UInt8]) -> Outcome
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
      address: address, query: query, body: body, headers: headers, target: target, patience: patience)
    do throws(WebRequest.Failure) {
      let answer = try request.send()
      return Webhook.outcome(answer, address, judge)
    } catch {
      return .unreachable(error.words)
    }
  }

  private static func outcome(
    _ answer: WebRequest.Answer, _ address: WebAddress, _ judge: ([UInt8]) -> Outcome
  ) -> Outcome {
    let words = "\(address.shown) answered \(answer.status)"
    switch answer.status {
    case 200..<300: return judge(answer.bytes)
    // It asks for patience.
    case 408, 425, 429: return .unreachable(words, after: answer.retryAfter)
    case 500...: return .unreachable(words, after: answer.retryAfter)
    default: return .refused(words)
    }
  }
}
