import Foundation
import HauntTestSupport
import Household
import Wire

/// Tells on a terminal what happens, with the time since the beginning.
struct Story {
    /// Width of the column with artist and title.
    private static let nameWidth = 58

    private let start = Date()
    private let isColoured = isatty(STDOUT_FILENO) != 0

    /// A new chapter.
    func chapter(_ title: String) {
        print("\n" + paint(title, "1"))
    }

    /// Something that happened now.
    func tell(_ line: String) {
        let seconds = String(format: "%6.2f s", -start.timeIntervalSinceNow)
        print("\(paint(seconds, "2"))  \(line)")
        fflush(nil)
    }

    /// A playlist as it stands on its topic.
    func show(_ playlist: JSONValue, on topic: String) {
        tell("\(paint(topic, "36")) carries:")
        let lines = (playlist["tracks"]?.items ?? []).map { track in
            let name = "\(track["artist"]?.text ?? "-") – \(track["title"]?.text ?? "-")"
            let why = track["reason"]?["text"]?.text ?? ""
            return (name: "\(Int(track["position"]?.number ?? 0)). \(name)", why: why)
        }
        let width = (lines.map(\.name.count).max() ?? 0) + 2
        for (name, why) in lines {
            print("          " + name.padding(toLength: width, withPad: " ", startingAt: 0) + paint(why, "2"))
        }
    }

    /// JSON as it was sent, cut to its first track.
    func showJSON(_ playlist: JSONValue) {
        guard case .object(var fields) = playlist else { return }
        fields["tracks"] = .array(Array((playlist["tracks"]?.items ?? []).prefix(1)))
        let data = try? WireJSON.encode(JSONValue.object(fields), pretty: true)
        let text = String(decoding: data ?? Data(), as: UTF8.self)
        print(text.split(separator: "\n").map { "          \($0)" }.joined(separator: "\n"))
    }

    private func paint(_ text: String, _ code: String) -> String {
        isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

extension String {
    /// The text with room after it; what is longer is cut, so that columns stay.
    fileprivate func filled(to width: Int) -> String {
        let text = count < width - 1 ? self : prefix(width - 3) + "…"
        return text + String(repeating: " ", count: width - text.count)
    }
}
