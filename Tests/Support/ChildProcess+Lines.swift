import Foundation

extension ChildProcess {
    /// Waits for a line of standard output; those before it are passed over.
    ///
    /// - Returns: The line; nil when the output ends without it.
    public func outputLine(where isWanted: (String) -> Bool) async -> String? {
        for await line in output where isWanted(line) { return line }
        return nil
    }

    /// Waits for a line of standard error; those before it are passed over.
    ///
    /// - Returns: The line; nil when the output ends without it.
    public func errorLine(where isWanted: (String) -> Bool) async -> String? {
        for await line in errors where isWanted(line) { return line }
        return nil
    }
}

extension AsyncStream<String> {
    /// All that is left.
    func collected() async -> [String] {
        var lines: [String] = []
        for await line in self { lines.append(line) }
        return lines
    }
}

extension FileHandle {
    /// The lines that come, without their ends, until all writers have closed.
    ///
    /// A thread of its own reads them: the handlers of `FileHandle` can miss the end.
    var textLines: AsyncStream<String> {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        Thread.detachNewThread {
            var rest = Data()
            while case let data = self.availableData, !data.isEmpty {
                rest.append(data)
                var parts = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                rest = Data(parts.removeLast())
                for part in parts { continuation.yield(String(decoding: part, as: UTF8.self)) }
            }
            if !rest.isEmpty { continuation.yield(String(decoding: rest, as: UTF8.self)) }
            continuation.finish()
        }
        return stream
    }
}
