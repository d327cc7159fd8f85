import Events

/// Where a field's values come from: what has to be in the field plan.
public enum FieldSource: Hashable, Sendable {
  case column(Column)
  /// A path in the raw record.
  case path(String)
}

/// A field of a rule: all sources that it may mean. Its values are those of all of them together.
typealias FieldGroup = [FieldSource]

/// One test that a condition asks for, as the matcher's loop sees it. What it compares with is in a table beside it.
struct Leaf: Sendable {
  enum Kind: UInt8, Sendable {
    /// Some value of the group passes the leaf's test set.
    case values
    case exists
    case null
    /// Some value of the group stands in the relation to some value of the group `other`.
    case reference
    /// Some leaf of the record passes the leaf's test set.
    case keyword
  }

  var kind: Kind
  var group: UInt32 = 0
  var other: UInt32 = 0
}

/// A step of a condition in the order in which it is evaluated. Example, `a and not (b or c)`:
///
///     0 and .. 5    1 leaf a .. 2    2 not .. 5    3 any .. 5    (b and c as one test set, or as two more leaves)
///
/// `end` is the first node behind the subtree.
struct Node: Sendable {
  enum Kind: UInt8, Sendable { case and, or, not, leaf }

  var kind: Kind
  var leaf: UInt32 = 0
  var end: UInt32 = 0
}
