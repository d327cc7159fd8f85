/// Compressed files for tests, made by zlib and libzstd, whose functions the readers' own linking brings along.

import Glibc

/// How a test's content is packed.
public enum Packing: CaseIterable, Sendable {
  case plain, gzip, gzipMembers, zstd, zstdFrames

  public func pack(_ content: [UInt8]) -> [UInt8] {
    switch self {
    case .plain: return content
    case .gzip: return gzipMember(content)
    case .zstd: return zstdFrame(content)
    case .gzipMembers: return thirds(content).flatMap { gzipMember($0) }
    case .zstdFrames:
      // A skippable frame in front and between them.
      let skippable: [UInt8] = [0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
      return thirds(content).flatMap { skippable + zstdFrame($0) }
    }
  }

  /// Pieces that end in the middle of records, an empty one among them.
  private func thirds(_ content: [UInt8]) -> [[UInt8]] {
    let third = content.count / 3
    return [Array(content[..<third]), [], Array(content[third..<(2 * third)]), Array(content[(2 * third)...])]
  }
}

/// A gzip member; `flags` asks for the optional parts of a header.
public func gzipMember(_ content: [UInt8], name: String? = nil, hasHeaderChecksum: Bool = false) -> [UInt8] {
  var header: [UInt8] = [0x1F, 0x8B, 8, (name == nil ? 0 : 8) | (hasHeaderChecksum ? 2 : 0), 0, 0, 0, 0, 0, 0xFF]
  if let name { header += Array(name.utf8) + [0] }
  if hasHeaderChecksum { header += little(crc(header) & 0xFFFF, 2) }
  return header + deflated(content) + little(crc(content), 4) + little(UInt32(truncatingIfNeeded: content.count), 4)
}

/// A zstd frame with a checksum.
public func zstdFrame(_ content: [UInt8]) -> [UInt8] {
  typealias Create = @convention(c) () -> OpaquePointer?
  typealias Free = @convention(c) (OpaquePointer?) -> Int
  typealias Set = @convention(c) (OpaquePointer?, Int32, Int32) -> Int
  typealias Compress =
    @convention(c) (
      OpaquePointer?, UnsafeMutableRawPointer?, Int, UnsafeRawPointer?, Int
    ) -> Int
  let context = function("ZSTD_createCCtx", as: Create.self)()
  defer { _ = function("ZSTD_freeCCtx", as: Free.self)(context) }
  let checksumFlag: Int32 = 201
  _ = function("ZSTD_CCtx_setParameter", as: Set.self)(context, checksumFlag, 1)
  var out = [UInt8](repeating: 0, count: content.count + content.count / 128 + 1024)
  let count = content.withUnsafeBytes { from in
    out.withUnsafeMutableBytes { to in
      function("ZSTD_compress2", as: Compress.self)(context, to.baseAddress, to.count, from.baseAddress, from.count)
    }
  }
  precondition(count <= out.count, "zstd failed")
  return Array(out[..<count])
}

private func deflated(_ content: [UInt8]) -> [UInt8] {
  typealias Compress =
    @convention(c) (UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<UInt>, UnsafePointer<UInt8>?, UInt) -> Int32
  var count = UInt(content.count + content.count / 512 + 1024)
  var out = [UInt8](repeating: 0, count: Int(count))
  let status = function("compress", as: Compress.self)(&out, &count, content, UInt(content.count))
  precondition(status == 0, "zlib failed")
  // Between zlib's own header and its checksum.
  return Array(out[2..<(Int(count) - 4)])
}

private func crc(_ bytes: [UInt8]) -> UInt32 {
  typealias CRC = @convention(c) (UInt, UnsafePointer<UInt8>?, UInt32) -> UInt
  // Without bytes zlib gives the start value only for a null pointer.
  guard !bytes.isEmpty else { return 0 }
  return UInt32(function("crc32", as: CRC.self)(0, bytes, UInt32(bytes.count)))
}

private func little(_ value: UInt32, _ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
}

private func function<F>(_ name: String, as type: F.Type) -> F {
  guard let symbol = dlsym(nil, name) else { preconditionFailure("\(name) is not linked") }
  return unsafeBitCast(symbol, to: type)
}
