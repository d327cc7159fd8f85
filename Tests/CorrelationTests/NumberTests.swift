/// Numbers of events: exact, or left out and counted.

import Testing

@testable import Correlation

@Suite struct NumberTests {
  @Test(arguments: [
    ("0", "0"), ("12", "12"), ("-0.5", "-0.5"), ("+5", "5"), ("1e3", "1000"), ("1E-2", "0.01"), ("5.", "5"),
    (".5", "0.5"), ("0.1234567899", "0.123456789"), ("99999999999999999", "99999999999999999"),
    ("-99999999999999999", "-99999999999999999"), ("1e16", "10000000000000000"), ("1e-300", "0"), ("0e999", "0"),
    ("1e-99999999999999999999", "0"), (String(repeating: "0", count: 200) + "7", "7"),
    ("0." + String(repeating: "1", count: 200), "0.111111111"),
  ])
  func numberIsReadExactly(text: String, value: String) {
    #expect(Decimal(Array(text.utf8))?.description == value)
  }

  @Test(arguments: [
    "100000000000000000", "1e17", "-1e17", "9223372036854775807", "1e300", "1e99999999999999999999",
    String(repeating: "9", count: 5000), "0.001e20",
  ])
  func numberThatIsTooLargeIsTold(text: String) {
    guard case .tooLarge = Decimal.read(Array(text.utf8)) else {
      Issue.record("\(text) was read")
      return
    }
  }

  @Test(arguments: [
    "", "-", "+", ".", "e5", "1e", "1e+", "0x5", " 5", "5 ", "1,000", "1.2.3", "NaN", "inf", "true", "--1",
  ])
  func whatIsNoNumberIsTold(text: String) {
    guard case .noNumber = Decimal.read(Array(text.utf8)) else {
      Issue.record("\(text) was read")
      return
    }
  }

  @Test(arguments: ["value_sum", "value_avg", "value_median"])
  func whatIsLeftOutOfASumIsCounted(type: String) throws {
    let plan = historyRules(
      type, "group-by: [userIdentity.userName]\ntimespan: 1h\ncondition: {field: requestParameters.n, gte: 1}")
    let values = ["1", "100000000000000000", "\"1e30\"", "\"many\"", "[2, 1e20, \"x\"]", "null", "-1e17"]
    let events = values.enumerated().map { place, value in
      HistoryEvent("e\(place)", "AB", Int64(place) * second, more: #","requestParameters":{"n":\#(value)}"#)
    }
    let counters = try decide(events, plan).counters
    #expect(counters.numbersTooLarge == 4)
    #expect(counters.withoutNumber == 2)
    #expect(counters.withoutValue == 1)
    #expect(counters.hits == 7)
  }
}
