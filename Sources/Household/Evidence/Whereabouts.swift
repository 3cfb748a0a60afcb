public import Foundation
import Taste

/// News of somebody, as a source of evidence reports it.
public enum EvidenceNews: Equatable, Sendable {
    /// Whether somebody is at home; nil is unknown.
    case home(person: String, Bool?, at: Date, isReplay: Bool)
    /// The room of somebody; nil is unknown. It counts for some seconds, unless it is reported again.
    case room(person: String, String?, at: Date, lastsS: Double, isReplay: Bool)
    /// A voice was recognised at a place: a speaker or a room.
    case voice(person: String, confidence: Double?, place: String, at: Date)
    /// An account pressed play on a speaker.
    case user(person: String, speaker: String, at: Date)
    /// The id of somebody's account in Home Assistant.
    case account(person: String, id: String)
}

/// Where people are and were during the last hours. It is never stored.
struct Whereabouts: Sendable {
    private struct Entry<Value: Sendable>: Sendable {
        var value: Value?
        var since: Date
        var until: Date
    }

    /// More changes than a session of hours has.
    private static let mostEntries = 32
    /// How long somebody is taken to be at home or away without a word, in seconds: a week.
    private static let homeLastsS = 604_800.0

    private var home: [String: [Entry<Bool>]] = [:]
    private var rooms: [String: [Entry<String>]] = [:]

    /// Takes note of whether somebody is at home.
    ///
    /// - Returns: Whether that is new.
    mutating func setHome(_ isHome: Bool?, of person: String, at time: Date, isReplay: Bool) -> Bool {
        Self.add(isHome, at: time, lastsS: Self.homeLastsS, isReplay: isReplay, to: &home[person, default: []])
    }

    /// Takes note of the room of somebody.
    ///
    /// - Returns: Whether that is new.
    mutating func setRoom(
        _ room: String?, of person: String, at time: Date, lastsS: Double, isReplay: Bool
    ) -> Bool {
        Self.add(
            room?.foldedRoom, at: time, lastsS: lastsS, isReplay: isReplay, to: &rooms[person, default: []])
    }

    /// Where somebody was at a time, seen from a speaker's room; nil when nobody knows.
    func place(of person: String, from area: String?, at time: Date) -> ListenerPlace? {
        let isHome = Self.value(home[person], at: time)
        let room = Self.value(rooms[person], at: time)
        if let room, let area, room == area.foldedRoom { return .sameRoom }
        if isHome == false { return .away }
        if room != nil { return area == nil ? .home : .otherRoom }
        return isHome == true ? .home : nil
    }

    /// - Returns: Whether a value differs from the one before.
    private static func add<Value: Equatable>(
        _ value: Value?, at time: Date, lastsS: Double, isReplay: Bool, to entries: inout [Entry<Value>]
    ) -> Bool {
        let until = time.addingTimeInterval(lastsS)
        if let last = entries.last, last.value == value, last.until >= time {
            entries[entries.count - 1].until = max(last.until, until)
            return false
        }
        // The first replay has been true for longer. A later one was missed, and nobody knows since when it is true.
        let since = isReplay && entries.isEmpty ? .distantPast : max(time, entries.last?.since ?? time)
        let isNew = entries.last?.value != value
        entries.append(Entry(value: value, since: since, until: until))
        if entries.count > mostEntries { entries.removeFirst() }
        return isNew
    }

    private static func value<Value>(_ entries: [Entry<Value>]?, at time: Date) -> Value? {
        guard let entry = entries?.last(where: { $0.since <= time }), entry.until >= time else { return nil }
        return entry.value
    }
}

extension String {
    /// A room's name without case, accents, blanks, `_` and `-`.
    var foldedRoom: String {
        folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
            .filter { !$0.isWhitespace && $0 != "_" && $0 != "-" }
    }
}
