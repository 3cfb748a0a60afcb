import Foundation

/// A file that is written line by line, some at a time.
struct OutputFile {
    private static let bufferBytes = 1 << 16
    private let handle: FileHandle
    private var buffer = Data()

    /// Makes the file anew.
    ///
    /// - Throws: ``Failure`` when it cannot be made.
    init(path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw Failure(code: .cannotCreate, message: "Cannot write \(path)") }
        self.handle = handle
    }

    /// Adds text.
    mutating func write(_ text: String) throws {
        buffer.append(contentsOf: text.utf8)
        guard buffer.count >= Self.bufferBytes else { return }
        try handle.write(contentsOf: buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes what is left, and closes.
    mutating func close() throws {
        try handle.write(contentsOf: buffer)
        try handle.close()
    }
}
