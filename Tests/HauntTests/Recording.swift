import Foundation
import MQTTClient
import Testing
import Wire

/// A recording in short form, and the plays that are right.
///
/// The files of `Recordings` consist of these lines:
/// - `# KIND`, `## SENTENCE`: the kind of the recordings below, and what the next one shows.
/// - `@ YAML`: a line of the configuration. Without `sources`, both dialects of Home Assistant are read.
/// - `! SECOND BY`: the wall clock is set by that many seconds.
/// - `SECOND TOPIC PAYLOAD`: a message; `{iso}` in it becomes the time. `r` behind the second: the message is retained.
/// - `SECOND PLAYER STATE TITLE / ARTIST / LENGTH @POSITION {…}`: a whole change of a player of Home Assistant, by
///   statestream, or as JSON of a player `json:NAME`. `-` is a value that is not there, `{…}` are more attributes. A position is
///   `@SECONDS`, looked at now; `@SECONDS~THEN`; `@SECONDS~` without a time; or `@=BEGAN`, the true one of a track that
///   began then.
/// - `FROM..TO/STEP` in place of a second: the line is repeated.
/// - `> PLAYER: ARTIST – TITLE [ALBUM] OUTCOME HEARD/LENGTH`: a play; `HEARD±TOLERANCE`, `completed|partial`. Ignored plays are
///   not listed. `>` alone: nothing counts.
struct Recording: CustomTestStringConvertible, Sendable {
    struct Line: Sendable {
        var second: Double
        var topic: String
        var payload: String
        var isRetained: Bool
    }

    static let start = Date(timeIntervalSince1970: 1_790_000_000)

    var kind: String
    var sentence: String
    var configuration: [String] = []
    var lines: [Line] = []
    var steps: [(at: Double, by: Double)] = []
    var plays: [String] = []

    var testDescription: String { "\(kind): \(sentence)" }

    /// The messages, in the order of the true time, with the time of the wall clock.
    var messages: [MQTTMessage] {
        lines.enumerated().sorted { ($0.element.second, $0.offset) < ($1.element.second, $1.offset) }.map { _, line in
            let step = steps.filter { $0.at <= line.second }.reduce(0) { $0 + $1.by }
            return MQTTMessage(
                topic: line.topic, payload: Array(line.payload.utf8), isRetained: line.isRetained,
                receivedAt: Self.start.addingTimeInterval(line.second + step))
        }
    }
}

extension Recording {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Recordings")

    /// The recordings of all files.
    static let all: [Recording] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".txt") }.sorted().flatMap { name in
            let text = (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
            return recordings(in: text)
        }
    }()

    private static func recordings(in text: String) -> [Recording] {
        var kind = ""
        return text.split(separator: "\n").reduce(into: []) { recordings, line in
            if line.hasPrefix("# ") {
                kind = String(line.dropFirst(2))
            } else if line.hasPrefix("## ") {
                recordings.append(Recording(kind: kind, sentence: String(line.dropFirst(3))))
            } else {
                recordings[recordings.count - 1].read(line)
            }
        }
    }

    private mutating func read(_ line: Substring) {
        let words = line.split(separator: " ")
        switch words[0] {
        case "@": configuration.append(String(line.dropFirst(2)))
        case ">": if words.count > 1 { plays.append(String(line.dropFirst(2))) }
        case "!": steps.append((Double(words[1]) ?? 0, Double(words[2]) ?? 0))
        default:
            let time = words[0].split(separator: "r", omittingEmptySubsequences: false)
            let rest = words.count > 2 ? String(line[words[2].startIndex...]) : ""
            for second in Self.seconds(time[0]) {
                lines += Self.lines(String(words[1]), rest, at: second).map { line in
                    var line = line
                    line.isRetained = time.count > 1
                    return line
                }
            }
        }
    }

    /// One second, or those of `FROM..TO/STEP`.
    private static func seconds(_ text: Substring) -> [Double] {
        let parts = text.replacing("..", with: "/").split(separator: "/").compactMap { Double($0) }
        return parts.count == 3 ? Array(stride(from: parts[0], through: parts[1], by: parts[2])) : parts
    }

    private static func lines(_ name: String, _ rest: String, at second: Double) -> [Line] {
        guard name.contains("/") else { return RecordedPlayer(name, rest, at: second).lines }
        let payload = rest.replacing("{iso}", with: stamp(second))
        return [Line(second: second, topic: name, payload: payload, isRetained: false)]
    }

    /// A second as Home Assistant writes it.
    static func stamp(_ second: Double) -> String { RFC3339.string(from: start.addingTimeInterval(second)) }
}
