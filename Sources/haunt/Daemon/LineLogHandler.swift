import Foundation
import Household
import Logging
import Synchronization
import Wire

/// Writes each log event as one line to standard error, as text or JSON.
struct LineLogHandler: LogHandler {
    /// The level of all handlers. A reload changes it while the daemon runs.
    static let level = Mutex<Logger.Level>(.info)

    let label: String
    let format: HauntConfiguration.Log.Format
    /// true under systemd, because the journal writes the time itself.
    let omitsTime: Bool
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(label: String, configuration: HauntConfiguration.Log) {
        self.label = label
        format = configuration.format
        omitsTime = ProcessInfo.processInfo.environment["JOURNAL_STREAM"] != nil
        Self.level.withLock { $0 = configuration.level }
    }

    var logLevel: Logger.Level {
        get { Self.level.withLock { $0 } }
        set { Self.level.withLock { $0 = newValue } }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let metadata = metadata.merging(event.metadata ?? [:]) { $1 }
        let line =
            switch format {
            case .text: text(event.level, event.message, metadata)
            case .json: json(event.level, event.message, metadata)
            }
        Terminal.write(line + "\n")
    }

    private func text(_ level: Logger.Level, _ message: Logger.Message, _ metadata: Logger.Metadata) -> String {
        let time = omitsTime ? nil : RFC3339.string(from: Date())
        let details = metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        let parts = [time, level.word, "\(message)", details.isEmpty ? nil : "(\(details))"]
        return parts.compactMap { $0 }.joined(separator: " ").replacingOccurrences(of: "\n", with: "\\n")
    }

    private func json(_ level: Logger.Level, _ message: Logger.Message, _ metadata: Logger.Metadata) -> String {
        var fields: [String: JSONValue] = metadata.mapValues { .string("\($0)") }
        fields["time"] = .string(RFC3339.string(from: Date()))
        fields["level"] = .string(level.rawValue)
        fields["message"] = .string("\(message)")
        fields["logger"] = .string(label)
        let data = try? WireJSON.encode(JSONValue.object(fields))
        return String(decoding: data ?? Data(), as: UTF8.self)
    }
}

extension Logger.Level {
    /// The level as a word of fixed width.
    fileprivate var word: String {
        switch self {
        case .trace: "TRACE "
        case .debug: "DEBUG "
        case .info: "INFO  "
        case .notice: "NOTE  "
        case .warning: "WARN  "
        case .error: "ERROR "
        case .critical: "FATAL "
        }
    }
}
