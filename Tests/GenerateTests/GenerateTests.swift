import Testing

@testable import Generate

@Test func identifiersOfNeighboursDiffer() {
  #expect(mixed(1) != mixed(2))
}
