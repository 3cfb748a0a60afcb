import Foundation

/// An input file, gzipped or not, which is read in chunks.
struct InputFile {
    private static let chunkBytes = 1 << 20

    let path: String

    /// Reads the file, unpacked, in chunks of at most 1 MiB.
    ///
    /// - Parameter body: Receives each chunk.
    /// - Throws: ``Failure`` with code 66 when the file cannot be read, 65 when it cannot be unpacked; what the body throws.
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

    /// The whole file, unpacked.
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

    /// Compares the first two bytes with the magic number of gzip.
    private func isGzipped(_ handle: FileHandle) -> Bool {
        let magic = try? handle.read(upToCount: 2)
        try? handle.seek(toOffset: 0)
        return magic == Data([0x1F, 0x8B])
    }

    private func read(_ handle: FileHandle, _ body: (Data) async throws -> Void) async throws {
        while let chunk = try handle.read(upToCount: Self.chunkBytes), !chunk.isEmpty { try await body(chunk) }
    }
}
