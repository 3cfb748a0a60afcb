import Foundation

/// A FLAC file with tags and without sound. Players and tag readers take it for one of the length that it tells.
public struct TaggedFile: Sendable {
    /// Names and values of its tags. A name may stand several times.
    public var tags: [(name: String, value: String)]
    /// Length in seconds.
    public var durationS: Int

    public init(_ tags: [(name: String, value: String)], durationS: Int = 200) {
        self.tags = tags
        self.durationS = durationS
    }

    /// Writes it below a directory, which is created.
    ///
    /// - Throws: An error of the file system.
    public func write(to path: String, in directory: TemporaryDirectory) throws {
        let url = directory.url.appending(path: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    private var bytes: [UInt8] {
        Array("fLaC".utf8) + block(0, streamInfo) + block(0x84, comments)
    }

    private func block(_ kind: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        [kind] + bigEndian(UInt64(bytes.count), 3) + bytes
    }

    /// 44,100 samples a second, two channels, 16 bits.
    private var streamInfo: [UInt8] {
        let sound = UInt64(44_100) << 44 | 1 << 41 | 15 << 36 | UInt64(44_100 * durationS)
        return bigEndian(4_096, 2) + bigEndian(4_096, 2) + bigEndian(0, 6) + bigEndian(sound, 8) + bigEndian(0, 16)
    }

    private var comments: [UInt8] {
        let texts = tags.map { Array("\($0.name)=\($0.value)".utf8) }
        return [0, 0, 0, 0] + littleEndian(texts.count) + texts.flatMap { littleEndian($0.count) + $0 }
    }

    private func bigEndian(_ number: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) : 0 }
    }

    private func littleEndian(_ number: Int) -> [UInt8] { bigEndian(UInt64(number), 4).reversed() }
}
