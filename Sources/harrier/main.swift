import Archive
import Events
import Investigate
import Pipeline
let args = Array(CommandLine.arguments.dropFirst())
let found = discover(args.dropFirst().map { Array($0.utf8) })
let plan = try FieldPlan(columns: [.action])
var options = ScanOptions()
options.jobs = Int(args[0]) ?? 2
let result = try scan(found, plan: plan, options: options, progress: Progress(), interrupted: { false }) { _ in CountSink(columns: [0]) }
for (text, count) in CountSink.merge(result.sinks) { print("\(String(decoding: text, as: UTF8.self))\t\(count)") }
var n = 0
for (f, e) in zip(result.ledger.files, result.ledger.entries) where e.status != .ok || e.tally.lossCount > 0 {
  n += 1
  if n < 30 { print("#", f.name, e.status.name, e.look, e.content.trouble, e.tally.records, e.tally.lossCount, e.tally.firstLoss as Any) }
}
for e in result.ledger.entries where e.tally.recordBytes + e.tally.framingBytes + e.tally.skippedBytes != e.content.bytesOut {
  print("INVARIANT", e.tally, e.content.bytesOut)
}
print("#", result.ledger.entries.reduce(0) { $0 + $1.tally.records })
