/// Column `rw` where the log does not say it: what the first word of an action tells.
///
/// Cloud APIs name their actions verb first. A verb that is in neither list stays `unknown`: a wrong "read" would
/// hide a change.
enum Verbs {
  static let read = Text("read")
  static let write = Text("write")
  static let unknown = Text("unknown")

  private static let reads: [StaticString] = [
    "Get", "List", "Describe", "Lookup", "LookUp", "Head", "Query", "Search", "Select", "Scan", "View", "Check",
    "Count", "Download", "Inquire", "Inquiry", "Estimate", "Preview", "Simulate", "Filter", "Read", "Browse",
    "Discover", "Fetch", "Find", "Decode", "Is", "Has",
  ]

  private static let writes: [StaticString] = [
    "Create", "Delete", "Update", "Put", "Add", "Remove", "Attach", "Detach", "Modify", "Set", "Start", "Stop", "Run",
    "Terminate", "Enable", "Disable", "Associate", "Disassociate", "Authorize", "Revoke", "Register", "Deregister",
    "Allocate", "Release", "Tag", "Untag", "Change", "Reset", "Restore", "Replace", "Send", "Assume", "Bind", "Unbind",
    "Grant", "Import", "Invoke", "Upload", "Copy", "Move", "Accept", "Reject", "Cancel", "Reboot", "Resume", "Suspend",
    "Schedule", "Activate", "Deactivate", "Apply", "Approve", "Join", "Leave", "Upsert", "Merge", "Publish", "Purge",
    "Destroy", "Isolate", "Renew", "Rotate", "Switch", "Console", "Password", "Abort", "Complete", "Execute", "Invite",
    "Promote", "Provision", "Pass", "Transfer", "Write", "Batch", "Insert", "Drop", "Truncate", "Clear", "Unassign",
    "Assign", "Enter", "Exit", "Initiate", "Install", "Logout", "Open", "Close", "Lock", "Unlock", "Mail",
  ]

  static func infer(_ action: Text) -> Text {
    // `BatchGetImage` reads.
    let name = begins(action, "Batch") ? action.slice(5) : action
    if reads.contains(where: { begins(name, $0) }) { return read }
    return writes.contains { begins(action, $0) } ? write : unknown
  }

  /// Whether the first word is this verb; `Getaway` does not begin with `Get`.
  private static func begins(_ action: Text, _ verb: StaticString) -> Bool {
    guard action.hasPrefixIgnoringCase(verb) else { return false }
    let length = verb.utf8CodeUnitCount
    return action.count == length || !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(action[length])
  }
}
