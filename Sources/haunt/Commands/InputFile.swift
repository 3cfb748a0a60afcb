import Foundation

/// An input file, gzipped or not, which is read in chunks. `-` is standard input. Pipes are files, too.
struct InputFile {
    private static let chunkBytes = 1 << 20

    let path: String
    /// What messages call it.
    let name: String
    /// Most bytes that are read, unpacked.
    let maxBytes: Int

    init(path: String, name: String? = nil, maxBytes: Int = .max) {
        self.path = path
        self.name = name ?? path
        self.maxBytes = maxBytes
    }

    /// Reads the file, unpacked, in chunks of at most 1 MiB.
    ///
    /// - Parameter body: Receives each chunk.
    /// - Throws: ``Failure`` with code 66 when the file cannot be read, 65 when it cannot be unpacked or is too large; what
    ///   the body throws.
    func forEachChunk(_ body: (Data) async throws -> Void) async throws {
        let handle = try open()
        let start = try start(of: handle)
        guard start == Self.gzipMagic else {
            if !start.isEmpty { try await body(start) }
            return try await read(handle, body)
        }
        let unpacker = Process()
        let (input, output) = (Pipe(), Pipe())
        unpacker.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        unpacker.arguments = ["gzip", "-dc"]
        unpacker.standardInput = input
        unpacker.standardOutput = output
        try unpacker.run()
        feed(handle, after: start, to: input.fileHandleForWriting)
        do {
            try await read(output.fileHandleForReading, body)
        } catch {
            unpacker.terminate()
            throw error
        }
        unpacker.waitUntilExit()
        guard unpacker.terminationStatus == 0 else {
            throw Failure(code: .dataError, message: "\(name) is damaged: gzip cannot unpack it to its end")
        }
    }

    /// The whole file, unpacked.
    func readAll() async throws -> Data {
        var all = Data()
        try await forEachChunk { all.append($0) }
        return all
    }

    private func open() throws -> FileHandle {
        if path == "-" { return .standardInput }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Failure(code: .noInput, message: "Cannot read \(name): does it exist, and may you read it?")
        }
        return handle
    }

    /// The first two bytes of a gzipped file.
    private static let gzipMagic = Data([0x1F, 0x8B])

    /// Reads the first two bytes, which a pipe may hand out one by one.
    private func start(of handle: FileHandle) throws -> Data {
        var start = Data()
        while start.count < Self.gzipMagic.count,
            let more = try chunk(of: handle, upTo: Self.gzipMagic.count - start.count), !more.isEmpty
        {
            start += more
        }
        return start
    }

    private func chunk(of handle: FileHandle, upTo count: Int) throws -> Data? {
        do {
            return try handle.read(upToCount: count)
        } catch {
            throw Failure(code: .noInput, message: "Cannot read \(name): \(Failure.reason(of: error))")
        }
    }

    /// Copies a file to a pipe on a thread of its own, because both ends wait for each other.
    private func feed(_ handle: FileHandle, after start: Data, to pipe: FileHandle) {
        Thread.detachNewThread {
            try? pipe.write(contentsOf: start)
            while let chunk = try? handle.read(upToCount: Self.chunkBytes), !chunk.isEmpty {
                guard (try? pipe.write(contentsOf: chunk)) != nil else { break }
            }
            try? pipe.close()
        }
    }

    private func read(_ handle: FileHandle, _ body: (Data) async throws -> Void) async throws {
        var bytes = 0
        while let chunk = try chunk(of: handle, upTo: Self.chunkBytes), !chunk.isEmpty {
            bytes += chunk.count
            guard bytes <= maxBytes else {
                throw Failure(code: .dataError, message: "\(name) has more than \(maxBytes >> 20) MiB")
            }
            try await body(chunk)
        }
    }
}
