import Foundation
import HauntTestSupport
import Household
import Wire

/// Prints what happens, with the time since the beginning.
struct Story {
    private let start = Date()
    private let isColoured = isatty(STDOUT_FILENO) != 0

    /// Prints a heading.
    func chapter(_ title: String) {
        print("\n" + paint(title, "1"))
    }

    /// Prints an event with its time.
    func step(_ line: String) {
        let seconds = String(format: "%6.2f s", -start.timeIntervalSinceNow)
        print("\(paint(seconds, "2"))  \(line)")
        fflush(nil)
    }

    /// Prints the tracks of a playlist.
    func show(_ playlist: JSONValue, on topic: String) {
        step("\(paint(topic, "36")) carries:")
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

    /// Prints the JSON of a playlist, with its first track alone.
    func showJSON(_ playlist: JSONValue) {
        guard case .object(var fields) = playlist else { return }
        fields["tracks"] = .array(Array((playlist["tracks"]?.items ?? []).prefix(1)))
        let text = (try? WireJSON.text(JSONValue.object(fields), pretty: true)) ?? ""
        print(text.split(separator: "\n").map { "          \($0)" }.joined(separator: "\n"))
    }

    private func paint(_ text: String, _ code: String) -> String {
        isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
