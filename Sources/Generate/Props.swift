// Texts that only incidents need: the addresses, programs and values that make them stand out.

struct Props: Sendable {
  var hosting: [Text]
  var farAway: [Text]
  var vpn: Text
  var builder: Text
  /// Offices and unused homes, by zone.
  var offices: [Text]
  var newHomes: [[Text]]
  var agents: [Text]
  /// The browser of whoever guesses passwords.
  var browser: Text
  var adminPolicy: Text
  var adminPolicyID: Text
  var anywhere: Text
  var ports: (ssh: Text, desktop: Text, web: Text)
  var hiddenName: Text

  init(seed: UInt64, _ lexicon: inout LexiconBuilder) {
    var random = SplitMix64(seed: mixed(seed, 0x9809))
    hosting = (0..<40).map { _ in lexicon.text(Addresses.draw(Addresses.hosting, &random)) }
    farAway = (0..<12).map { _ in lexicon.text(Addresses.draw(Addresses.farAway, &random)) }
    vpn = lexicon.text(Addresses.vpn)
    builder = lexicon.text(Addresses.builders[0])
    offices = Zone.all.map { lexicon.text($0.office) }
    newHomes = Zone.all.map { zone in (0..<4).map { _ in lexicon.text(Addresses.draw(zone.homes, &random)) } }
    agents = [
      "python-requests/2.31.0", "Boto3/1.26.90 Python/3.11.2 Linux/6.1.0-kali7-amd64 Botocore/1.29.90",
      "aws-cli/2.9.19 Python/3.11.2 Linux/6.1.0-kali7-amd64 source/x86_64.kali.2023", "curl/8.5.0",
      "Go-http-client/2.0",
    ].map { lexicon.text($0) }
    browser = lexicon.text(
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/138.0.0.0 Safari/537.36")
    adminPolicy = lexicon.text("AdministratorAccess")
    adminPolicyID = lexicon.text("1")
    anywhere = lexicon.text("0.0.0.0/0")
    ports = (lexicon.text("22"), lexicon.text("3389"), lexicon.text("443"))
    hiddenName = lexicon.text("HIDDEN_DUE_TO_SECURITY_REASONS")
  }
}
