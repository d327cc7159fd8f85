/// Many small multisets of numbers, asked for their medians while they grow.
///
/// Each is a binary tree over the bits of its numbers, the highest first, as deep as its largest number needs; a node
/// knows how many numbers are below it. Example: 1, 3, 3 in a tree of two bits:
///
///     root 3 ── 0 ── 1 · 1                 number 1, once
///            └─ 1 ── 2 · 1 ── 2            number 3, twice
///
/// All trees share one list of nodes, so that forgetting them is one step. Every operation takes as long as a number has
/// bits.
struct CountTrees {
  struct Tree {
    fileprivate var root: UInt32 = 0
    fileprivate var bits = 0
  }

  private struct Node {
    var zero: UInt32 = 0
    var one: UInt32 = 0
    var count: UInt32 = 0
  }

  // A count of events has fewer bits.
  private static let bitsMax = 62

  /// The first one stands for an empty tree.
  private var nodes = [Node()]

  mutating func removeAll() { nodes.removeLast(nodes.count - 1) }

  func count(_ tree: Tree) -> Int { Int(nodes[Int(tree.root)].count) }

  private mutating func node(_ node: Node) -> UInt32 {
    nodes.append(node)
    return UInt32(nodes.count - 1)
  }

  mutating func add(_ number: Int, to tree: inout Tree) {
    precondition(number >= 0 && number >> CountTrees.bitsMax == 0, "only counts are counted")
    if tree.root == 0 { tree.root = node(Node()) }
    while number >> tree.bits != 0 {
      let count = nodes[Int(tree.root)].count
      tree.root = node(Node(zero: count == 0 ? 0 : tree.root, count: count))
      tree.bits += 1
    }
    var at = Int(tree.root)
    nodes[at].count += 1
    for bit in (0..<tree.bits).reversed() {
      let isOne = number >> bit & 1 == 1
      var next = isOne ? nodes[at].one : nodes[at].zero
      if next == 0 {
        next = node(Node())
        if isOne { nodes[at].one = next } else { nodes[at].zero = next }
      }
      at = Int(next)
      nodes[at].count += 1
    }
  }

  /// The number at a place of the sorted list.
  private func number(at place: Int, _ tree: Tree) -> Int {
    var at = Int(tree.root)
    var rest = place
    var number = 0
    for bit in (0..<tree.bits).reversed() {
      let zeros = Int(nodes[Int(nodes[at].zero)].count)
      if rest < zeros {
        at = Int(nodes[at].zero)
      } else {
        rest -= zeros
        number |= 1 << bit
        at = Int(nodes[at].one)
      }
    }
    return number
  }

  /// How many numbers are smaller than a limit.
  private func count(below limit: Int, _ tree: Tree) -> Int {
    if limit <= 0 { return 0 }
    if limit >> tree.bits != 0 { return count(tree) }
    var at = Int(tree.root)
    var smaller = 0
    for bit in (0..<tree.bits).reversed() where at != 0 {
      if limit >> bit & 1 == 1 {
        smaller += Int(nodes[Int(nodes[at].zero)].count)
        at = Int(nodes[at].one)
      } else {
        at = Int(nodes[at].zero)
      }
    }
    return smaller
  }

  /// What is usual: the median, and the median of how far all are from it; of an even number, the lower middle one.
  ///
  /// - Parameter zeros: how often the number 0 is there besides.
  func usual(_ tree: Tree, zeros: Int) -> (median: Int, deviation: Int, count: Int)? {
    let total = count(tree) + zeros
    guard total > 0 else { return nil }
    let middle = (total - 1) / 2
    let median = middle < zeros ? 0 : number(at: middle - zeros, tree)
    // The smallest distance within which more than the middle are.
    var low = 0
    var high = max(median, 1 << tree.bits)
    while low < high {
      let distance = (low + high) / 2
      let near =
        count(below: median + distance + 1, tree) - count(below: median - distance, tree)
        + (distance >= median ? zeros : 0)
      if near > middle { high = distance } else { low = distance + 1 }
    }
    return (median, low, total)
  }
}
