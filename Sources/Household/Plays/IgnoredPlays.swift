public import Foundation
import Listening
public import Wire

/// The newest plays that were no listens. They are forgotten at a restart, and by a purge.
struct IgnoredPlays: Sendable {
    private var newest: [IgnoredPlayView] = []
    private var last: Int64 = 0

    /// Remembers a play, and forgets the oldest beyond the limit.
    ///
    /// - Returns: The play with its id.
    mutating func add(_ play: IgnoredPlayView) -> IgnoredPlayView {
        last += 1
        var play = play
        play.id = RowID(last)
        newest.append(play)
        newest.removeFirst(max(0, newest.count - Limits.ignoredPlays))
        return play
    }

    /// Plays before an id, the newest first.
    func plays(before id: RowID<IgnoredPlayView>?, limit: Int) -> [IgnoredPlayView] {
        Array(newest.reversed().lazy.filter { play in id.map { play.id < $0 } ?? true }.prefix(limit))
    }

    /// Forgets all, because somebody wants something forgotten for good.
    mutating func forget() { newest = [] }
}

/// A play that was no listen, in JSON.
public struct IgnoredPlayView: Codable, Equatable, Sendable {
    /// Grows with each.
    public var id: RowID<IgnoredPlayView>
    @ExplicitNull public var speakerName: String?
    /// Title as sent.
    @ExplicitNull public var title: String?
    /// Artist as sent.
    @ExplicitNull public var artist: String?
    /// Album as sent.
    @ExplicitNull public var album: String?
    /// The player's content id.
    @ExplicitNull public var uri: String?
    /// When it began.
    public var startedAt: Date
    /// Seconds heard.
    @ExplicitNull public var playedS: Double?
    /// Length in seconds.
    @ExplicitNull public var durationS: Double?
    /// Why it does not count, in words.
    public var reason: String
    /// Who reported it: `player`, or what a sender calls itself.
    @ExplicitNull public var source: String?

    init(_ media: Media, on speakerName: String?, at start: Date, playedS: Double?, reason: String, source: String?) {
        id = RowID(0)
        self.speakerName = speakerName
        title = media.title
        artist = media.artist
        album = media.album
        uri = media.uri
        startedAt = start
        self.playedS = playedS
        durationS = media.durationS
        self.reason = reason
        self.source = source
    }
}

extension Household {
    /// Takes note of a play that does not count. It must not be a guest's.
    func ignore(_ play: IgnoredPlayView) { observer.householdDid(.playIgnored(ignored.add(play))) }
}

/// Lists plays that were no listens, the newest first, each with the reason.
public struct ListIgnored: ImmediateOperation {
    public static let signature = OperationSignature(
        "ignored/list", .get("/api/ignored"), writes: false, isOnMQTT: false)

    private let page: PageFields

    public init(_ fields: inout FieldReader) throws(HouseholdError) { page = try PageFields(&fields) }

    public func perform(in household: isolated Household) throws -> IgnoredPage {
        let cursor = try page.rowID(of: IgnoredPlayView.self)
        let (plays, next) = page.cut(household.ignored.plays(before: cursor, limit: page.fetchCount)) { "\($0.id)" }
        return IgnoredPage(ignored: Array(plays), nextCursor: next)
    }
}

/// A page of plays that were no listens.
public struct IgnoredPage: Codable, Sendable {
    /// Plays, the newest first.
    public var ignored: [IgnoredPlayView]
    /// Where the next page begins; null at the end.
    @ExplicitNull public var nextCursor: String?
}
