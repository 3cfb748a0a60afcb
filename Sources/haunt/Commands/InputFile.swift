import Foundation

/// A file to read, gzipped or not, as a stream of chunks.
struct InputFile {
    private static let chunkBytes = 1 << 20

    let path: String

    /// Hands the file's bytes on, a chunk at a time.
    ///
    /// - Parameter body: Takes a chunk, and how many bytes of the file were read so far, compressed as they are.
    /// - Throws: ``Failure`` when it cannot be read or unpacked, and what the body throws.
    func forEachChunk(_ body: (Data) async throws -> Void) async throws {
        let handle = try open()
        guard isGzipped(handle) else { return try await read(handle, body) }
        let unpacker = Process()
        let pipe = Pipe()
        unpacker.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        unpacker.arguments = ["gzip", "-dc"]
        unpacker.standardInput = handle
        unpacker.standardOutput = pipe
        try unpacker.run()
        do {
            try await read(pipe.fileHandleForReading, body)
        } catch {
            unpacker.terminate()
            throw error
        }
        unpacker.waitUntilExit()
        guard unpacker.terminationStatus == 0 else {
            throw Failure(code: .dataError, message: "\(path) is damaged: gzip cannot unpack it to its end")
        }
    }

    /// The whole file.
    func readAll() async throws -> Data {
        var all = Data()
        try await forEachChunk { all.append($0) }
        return all
    }

    private func open() throws -> FileHandle {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Failure(code: .noInput, message: "Cannot read \(path): does it exist, and may you read it?")
        }
        return handle
    }

    /// Looks at the first two bytes, and goes back to the beginning.
    private func isGzipped(_ handle: FileHandle) -> Bool {
        let magic = try? handle.read(upToCount: 2)
        try? handle.seek(toOffset: 0)
        return magic == Data([0x1F, 0x8B])
    }

    private func read(_ handle: FileHandle, _ body: (Data) async throws -> Void) async throws {
        while let chunk = try handle.read(upToCount: Self.chunkBytes), !chunk.isEmpty { try await body(chunk) }
    }
}
