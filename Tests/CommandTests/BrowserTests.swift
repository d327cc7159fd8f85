import Foundation
import Testing

/// `report.html` in a browser, where there is one.
@Suite struct BrowserTests {
  static let isThere = (try? Shell.run("command -v chromium").code) == 0

  @Test(.enabled(if: isThere)) func thePageWorksInChromium() throws {
    let check = DocumentedTests.root.appendingPathComponent("Tests/Browser/check.py").path
    let result = try Shell.run("timeout 240 '\(check)' '\(Harrier.path)'")
    #expect(result.code == 0, "\(result.output) \(result.errors)")
  }
}
