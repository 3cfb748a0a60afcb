import Foundation
import Taste
public import Wire

/// Makes and stores a playlist, and sends it to its speaker if it should play.
///
/// On a speaker's own topic the list is for whoever owns the speaker when nobody is named, and begins to play unless the
/// request says otherwise. Elsewhere the speaker's mapping does not count.
public struct GeneratePlaylist: HouseholdOperation {
    public static let signature = OperationSignature(
        "playlist/generate", .post("/api/playlists/generate", answers: .created), writes: true)

    private static let maxMinutes = 1_440.0

    private let request: PlaylistRequest

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        var request = try PlaylistRequest(&fields)
        request.profiles = try fields.texts("profiles").flatMap { $0.isEmpty ? nil : $0 }
        let total = try fields.integer("total_tracks", in: 1...Limits.playlistTracks)
        request.totalS = try fields.number("total_minutes", in: 1...Self.maxMinutes).map { $0 * 60 }
        request.limit = total ?? (request.totalS == nil ? nil : Limits.playlistTracks)
        request.speaker = try fields.speaker("speaker_entity")
        request.isAskedOnSpeaker = fields.speakerTopic != nil
        request.autoPlay = try fields.boolean("auto_play") ?? request.isAskedOnSpeaker
        self.request = request
    }

    /// - Returns: The playlist, with the rule that chose its profile.
    public func run(in household: isolated Household) async throws -> WrittenOnce<PlaylistView> {
        let began = ContinuousClock.now
        let arrival = household.listArrivals.next()
        let question = try household.question(request)
        if request.isAskedOnSpeaker, question.owners.rule == .payload, let person = question.owners.profile,
            let speaker = question.speaker
        {
            household.note(.named(person.name, at: household.now()), on: speaker.name)
        }
        let id = household.newID()
        let (playlist, removed) = try await Self.build(question, id: id, in: household.catalog)
        try household.checkPlayable(playlist, at: question.addressing)
        let list = try household.keep(playlist, arrival: arrival, since: began)
        return try removed.map { try WrittenOnce(list.value.explained(by: playlist.entries, removed: $0)) } ?? list
    }

    /// Ranks and builds outside of the household, so that other operations run meanwhile.
    @concurrent
    private static func build(
        _ asked: PlaylistQuestion, id: String, in catalog: CatalogCache
    ) async throws -> (Playlist, RemovedView?) {
        let (wish, question, index) = try await catalog.read(asked)
        let request = question.request
        let list = try catalog.list(question, wish, in: index)
        var playlist = Playlist(
            id: id, createdAt: question.now.wholeMilliseconds, speakerName: question.speaker?.name,
            profileName: question.owners.profile?.name, rule: question.owners.rule, vibe: request.vibe,
            understood: wish.vibe?.summary, mode: question.mode, autoPlay: request.autoPlay && question.speaker != nil,
            entries: list.entries, notes: list.notes)
        playlist.profiles = question.owners.names
        playlist.sound = wish.sound.use
        guard request.isExplained else { return (playlist, nil) }
        let removed = list.rankings.map { index.removed(by: $0, plan: question.plan) }
        return (playlist, RemovedView(removed.reduce(list.removed) { $0.merging($1) { $0 + $1 } }))
    }
}

extension Household {
    /// Refuses a list for a speaker that has nothing to play: an empty command would end what plays there.
    ///
    /// - Throws: ``HouseholdError`` `conflict`.
    fileprivate func checkPlayable(_ playlist: Playlist, at addressing: Addressing) throws(HouseholdError) {
        guard playlist.autoPlay, let speaker = playlist.speakerName, playlist.entries.isEmpty else { return }
        let empty = libraries.views.filter { addressing.required.contains($0.name) && $0.tracks == 0 }
        let reason =
            if !empty.isEmpty {
                empty.map { "the library \($0.name) has no tracks yet\($0.problem.map { ": \($0)" } ?? "")" }
                    .joined(separator: "; ")
            } else if addressing.required.isEmpty {
                "nothing in the catalog fits"
            } else {
                "nothing that \(addressing.required.joined(separator: " or ")) can play fits"
            }
        throw HouseholdError(.conflict, "There is nothing to play on \(speaker): \(reason)")
    }

    /// Stores a playlist and reports it. One that a speaker is to play begins or ends a guest's turn there.
    fileprivate func keep(
        _ playlist: Playlist, arrival: Int, since began: ContinuousClock.Instant
    ) throws -> WrittenOnce<PlaylistView> {
        var playlist = playlist
        if playlist.autoPlay, let name = playlist.speakerName, !listArrivals.isLatest(arrival, for: name) {
            playlist.autoPlay = false
            playlist.notes.append("this list was not sent to \(name), which got the list of a later request meanwhile")
        }
        if let name = playlist.speakerName, settings.lacksLibrary(speaker: name) {
            playlist.notes.append(
                "\(name) has no library: set its library to one of \(settings.playableLibraries.joined(separator: ", "))"
            )
        }
        if playlist.autoPlay, broker.problem != nil {
            playlist.notes.append(
                "the broker is away: the speaker plays this list only if the broker is back within "
                    + "\(Limits.commandExpiryS) seconds")
        }
        // Written first: a list that is no JSON must not be stored or begin a guest's turn.
        let list = try WrittenOnce(PlaylistView(playlist))
        try store.write { try $0.insertPlaylist(playlist, keeping: Limits.playlistRows) }
        if playlist.autoPlay, let name = playlist.speakerName { listArrivals.send(arrival, to: name) }
        recentLists.add(playlist)
        counters.playlists += 1
        counters.generations.add(.now - began)
        if playlist.autoPlay, let name = playlist.speakerName, roster.speakers[name] != nil {
            speakerStates.setLastPlaylist(playlist, on: name)
            try setGuestList(playlist.rule == .guest ? playlist : nil, on: name)
            reportSpeakers()
        }
        observer.householdDid(.playlistGenerated(list))
        return list
    }
}

/// The order in which requests for lists arrived, and which list each speaker was sent last.
///
/// Requests may pass each other while one of them waits for a search by sound.
struct ListArrivals {
    /// How many requests arrived.
    private var arrived = 0
    /// By the name of the speaker: the arrival of the request whose list it was sent last.
    private var sent: [String: Int] = [:]

    /// Counts a request that arrives.
    ///
    /// - Returns: Its number. Later requests have higher ones.
    mutating func next() -> Int {
        arrived += 1
        return arrived
    }

    /// Whether no list of a later request went to a speaker.
    func isLatest(_ arrival: Int, for speaker: String) -> Bool { arrival >= sent[speaker] ?? 0 }

    /// Takes note that the list of a request goes to a speaker.
    mutating func send(_ arrival: Int, to speaker: String) { sent[speaker] = arrival }
}
