import Foundation
import Synchronization

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
    var textLines: AsyncStream<String> {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        let rest = Mutex(Data())
        readabilityHandler = { handle in
            let data = handle.availableData
            guard !data.isEmpty else {
                handle.readabilityHandler = nil
                let last = rest.withLock { $0 }
                if !last.isEmpty { continuation.yield(String(decoding: last, as: UTF8.self)) }
                continuation.finish()
                return
            }
            let lines = rest.withLock { rest in
                rest.append(data)
                var parts = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                rest = Data(parts.removeLast())
                return parts.map { String(decoding: $0, as: UTF8.self) }
            }
            for line in lines { continuation.yield(line) }
        }
        return stream
    }
}
