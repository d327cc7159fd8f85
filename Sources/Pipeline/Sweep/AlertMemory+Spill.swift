import Correlation

extension AlertMemory {
  // What is sealed keeps its sixth while alerts are made; of what notes took, this much is certainly free again.
  private static let shares: UInt64 = 12

  /// - Parameter memory: for everything that has to be kept.
  public init(memory: UInt64, temporaryDirectory: String) {
    self.init(bytesMax: Int(clamping: memory / AlertMemory.shares)) { () throws(SegmentError) in
      do throws(SpillError) {
        return SegmentFile(descriptor: try SpillFile.openNameless(in: temporaryDirectory))
      } catch {
        throw SegmentError(message: "no temporary file can be made in \(error.directory)")
      }
    }
  }
}
