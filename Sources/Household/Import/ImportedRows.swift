public import Foundation

/// A row of a file that is imported.
public protocol ImportedRow {
    /// Checks the row.
    ///
    /// - Parameter now: The time of day.
    /// - Returns: What makes it unreadable, in words for a person; nil when it can be stored.
    func problem(at now: Date) -> String?
}

/// A listen that a file or another service names.
public struct ImportedListen: Equatable, Codable, Sendable, ImportedRow {
    /// When the play began.
    public var startedAt: Date
    /// Artist as written; nil when none is named.
    public var artist: String?
    /// Title as written; never empty.
    public var title: String
    /// Album as written.
    public var album: String?
    /// Seconds heard; nil when unknown.
    public var heardS: Double?
    /// Length of the track in seconds; nil when unknown.
    public var durationS: Double?
    /// Whether the listener skipped it; nil when unknown.
    public var wasSkipped: Bool?
    public var speakerName: String?
    /// The player's content id.
    public var uri: String?
    /// The program that recorded it.
    public var source: String?
    /// A unique id of the event.
    public var eventID: String?

    /// Creates a listen; only start and title are always known.
    public init(
        startedAt: Date, artist: String?, title: String, album: String? = nil, heardS: Double? = nil,
        durationS: Double? = nil, wasSkipped: Bool? = nil, speakerName: String? = nil, uri: String? = nil,
        source: String? = nil, eventID: String? = nil
    ) {
        self.startedAt = startedAt
        self.artist = artist
        self.title = title
        self.album = album
        self.heardS = heardS
        self.durationS = durationS
        self.wasSkipped = wasSkipped
        self.speakerName = speakerName
        self.uri = uri
        self.source = source
        self.eventID = eventID
    }

    // The conversion from snake_case reads `event_id` as `eventId`.
    private enum CodingKeys: String, CodingKey {
        case startedAt, artist, title, album, heardS, durationS, wasSkipped, speakerName, uri, source
        case eventID = "eventId"
    }
}

extension String {
    /// What makes it no text of a row; nil when it is one.
    var rowProblem: String? {
        if utf8.count > Limits.textLength, count > Limits.textLength {
            return "a text has more than \(Limits.textLength) characters"
        }
        return utf8.contains(0) ? "a text contains the character NUL" : nil
    }
}

extension ImportedListen {
    public func problem(at now: Date) -> String? {
        let isLength = { (seconds: Double?) in seconds.map { (0...Limits.playedS).contains($0) } ?? true }
        let texts = [artist, title, album, speakerName, uri, source, eventID]
        if title.isEmpty { return "title is missing" }
        if let problem = texts.lazy.compactMap({ $0?.rowProblem }).first { return problem }
        guard isLength(heardS), isLength(durationS) else {
            return "seconds must lie between 0 and \(Int(Limits.playedS))"
        }
        guard startedAt.timeIntervalSince1970 >= 0, startedAt <= now.addingTimeInterval(Limits.clockSkewS) else {
            return "the time must lie between 1970 and now"
        }
        guard let speakerName else { return nil }
        do { _ = try SpeakerName.validated(speakerName) } catch { return error.message }
        return nil
    }
}

extension TrackDetails: ImportedRow {
    private static let mostGenres = 200

    public func problem(at now: Date) -> String? {
        if title.isEmpty { return "title is missing" }
        if genres.count > Self.mostGenres || artistGenres.count > Self.mostGenres {
            return "a list has more than \(Self.mostGenres) genres"
        }
        let texts = [artist, title, album, uri] + genres + artistGenres
        if let problem = texts.lazy.compactMap({ $0?.rowProblem }).first { return problem }
        let isWithin = { (number: Double?, range: ClosedRange<Double>) in number.map(range.contains) ?? true }
        guard isWithin(durationS, 0...Limits.playedS) else { return "duration_ms must be that of a day at most" }
        guard isWithin(popularity, 0...100) else { return "popularity must lie between 0 and 100" }
        guard year.map((1_000...2_200).contains) ?? true else { return "year must lie between 1000 and 2200" }
        guard let features else { return nil }
        let shares = [
            features.danceability, features.energy, features.valence, features.acousticness,
            features.instrumentalness, features.speechiness,
        ]
        guard shares.allSatisfy({ isWithin($0, 0...1) }), isWithin(features.tempo, 0...500),
            isWithin(features.loudness, -100...20)
        else { return "audio features are out of range" }
        return nil
    }
}
