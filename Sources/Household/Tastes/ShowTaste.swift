import Foundation
import Taste

/// Answers what pictures of a taste show, of all plays or of a span.
public struct ShowTaste: HouseholdOperation {
    public static let signature = OperationSignature(
        "taste/show", .get("/api/profiles/{name}/taste"), writes: false, isOnMQTT: false)

    private let name: String
    private let since: Date?
    private let until: Date?
    private let zone: TimeZone

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        name = try fields.requiredText("name")
        since = try fields.time("since")
        until = try fields.time("until")
        let zone = try fields.text("zone")
        guard let zone = TimeZone(identifier: zone ?? "UTC") else {
            throw .invalid("zone", "zone must be the name of a time zone, like Europe/Berlin")
        }
        self.zone = zone
        guard since ?? .distantPast < until ?? .distantFuture else {
            throw .invalid("until", "until must lie after since")
        }
    }

    public func run(in household: isolated Household) async throws -> TasteView {
        let profile = try household.roster.profile(named: name, field: "name")
        let now = household.now()
        let isWhole = since == nil && until.map { $0 > now } ?? true
        let taste = isWhole ? try household.tastes.taste(of: profile, in: household.store).taste : nil
        let (store, catalog) = (household.store, household.catalog)
        return try await household.portraits.draw {
            try view(of: profile, taste, at: min(until ?? now, now), in: store, catalog)
        }
    }

    private func view(
        of profile: Profile, _ taste: ProfileTaste?, at time: Date, in store: any HouseholdStore,
        _ catalog: CatalogCache
    ) throws -> TasteView {
        let index = try catalog.index()
        var tally = PlayTally(index: index, since: since, zone: zone)
        var plays: [CountedPlay] = []
        try store.read { store in
            try store.forEachHeardPlay(owner: profile.owner, before: until) { play in
                tally.add(TrackID(play.trackID), startedAt: play.startedAt, heardS: play.playedS)
                if taste == nil, play.startedAt >= since ?? .distantPast { plays.append(CountedPlay(play)) }
            }
        }
        let portrait = TastePortrait(
            tally, of: taste ?? ProfileTaste.rebuilt(from: plays), in: index, now: time,
            length: (Limits.portraitLength, Limits.portraitSideLength))
        let top = Array(tally.mostPlayed(tally.tracks.keys).prefix(Limits.portraitLength))
        let shown = Set(top).union(portrait.sides.flatMap(\.tracks)).sorted()
        let tracks = try catalog.tracks(shown.map { RowID($0) })
        let names = Dictionary(tracks.map { (TrackID($0.id), $0.details) }) { first, _ in first }
        return TasteView(
            profile: profile.name, since: since, until: until, zone: zone, tally: tally, portrait: portrait,
            topTracks: top, names: names)
    }
}

/// Draws tastes outside of the household, so that other operations run meanwhile, and one at a time: a long history takes
/// a core for some tenths of a second.
actor PortraitQueue {
    func draw<Portrait: Sendable>(_ body: @Sendable () throws -> Portrait) rethrows -> Portrait { try body() }
}
