import Foundation
import Listening
import Taste
import Wire

/// A request for tracks: the fields that `recommend/get` and `playlist/generate` share, and those of either.
struct PlaylistRequest: Sendable {
    /// The profile whose taste is read; nil leaves it to the rules.
    var profile: String?
    /// The profiles of a list for several; nil where one or none is named.
    var profiles: [String]?
    /// What the music should be like, in words.
    var vibe: String?
    /// Known music, new music, or both; nil leaves it to the speaker, elsewhere to balanced.
    var mode: RankingMode?
    /// Makes the same list again; nil makes another one each time.
    var seed: UInt64?
    /// Whether to read no taste at all.
    var isGuest = false
    /// Answers as if it were that time.
    var at: Date?
    /// Number of tracks; nil leaves it to the settings.
    var limit: Int?
    /// Length in seconds, if that is reached first.
    var totalS: Double?
    /// Most tracks of one artist; nil leaves it to the settings.
    var maxPerArtist: Int?
    /// The only tracks and artists that may be chosen.
    var pool: Pool?
    /// The speaker that should play it.
    var speaker: SpeakerReference?
    /// Whether the request came by that speaker's own topic, so that its mapping counts.
    var isAskedOnSpeaker = false
    /// Whether the speaker should begin at once.
    var autoPlay = false
    /// Whether to show what each score is made of.
    var isExplained = false
    /// Whether a vibe without a profile makes it a guest's request; if not, `default`'s taste is read.
    var isGuestByVibe = true
    /// Called when it waits for a server outside of the household.
    var waits: @Sendable () -> Void = {}

    /// Reads the fields that both operations have.
    init(_ fields: inout FieldReader) throws(HouseholdError) {
        waits = fields.waits
        profile = try fields.text("profile")
        vibe = try fields.text("vibe")
        mode = try fields.choice("mode", of: RankingMode.self)
        seed = try fields.integer("seed", in: 0...WireJSON.maxWholeNumber).map(UInt64.init)
        isGuest = try fields.boolean("guest") ?? false
        isExplained = try fields.boolean("explain") ?? false
        maxPerArtist = try fields.integer("max_per_artist", in: 1...Limits.rankedTracks)
    }
}

/// What ranking needs of one person.
struct PersonalTaste: Sendable {
    var profile: Profile
    var taste: ProfileTaste?
    /// Version of the taste; nil where it is not the present one.
    var version: Int?
    /// What the person said of tracks.
    var verdicts = Verdicts()
    /// What the home plays, if little is known of the profile.
    var household = HouseholdPlays()
}

/// A request with all that ranking needs: copies, so that ranking runs outside of the household.
struct PlaylistQuestion: Sendable {
    var request: PlaylistRequest
    var owners: ListOwners
    var limit: Int
    var mode: RankingMode
    var maxPerArtist: Int
    var speaker: Speaker?
    var now: Date
    /// One for each profile; none for a guest.
    var people: [PersonalTaste] = []
    /// Tracks that must not come again yet.
    var recency = Recency.nothing
    /// Whether tracks marked as explicit may be chosen.
    var allowsExplicit = true
    /// By which addresses its tracks are played.
    var addressing = Addressing()
    /// Who is asked for the sound of its words.
    var soundSearch: SoundSearch
    /// The music that plays on the speaker.
    var playing: HeardMedia?

    /// What to rank by for one person, or for a guest, for an answer in the order of rank.
    func ranking(for person: PersonalTaste?, _ wish: UnderstoodWish) -> RankingRequest {
        var ranking = RankingRequest(now: now)
        ranking.taste = person?.taste
        if let person { ranking.household = person.household }
        ranking.vibe = wish.vibe
        ranking.sound = wish.sound.orders
        ranking.excluded = Set(wish.models)
        ranking.mode = mode
        ranking.limit = limit
        ranking.maxPerArtist = maxPerArtist
        ranking.seed = request.seed ?? 0
        ranking.pool = request.pool
        ranking.allowsExplicit = allowsExplicit
        if let person { ranking.heed(person.verdicts) }
        return ranking
    }

    /// Length and order of the playlist. Without a seed each moment gives another order.
    var plan: PlaylistPlan {
        var plan = PlaylistPlan(
            totalTracks: limit, totalS: request.totalS, maxPerArtist: maxPerArtist,
            seed: request.seed ?? UInt64(bitPattern: now.milliseconds))
        plan.recency = recency
        return plan
    }

    /// The same question with the length that its words ask for, where no field does.
    func lengthened(by vibe: Vibe?) -> PlaylistQuestion {
        var question = self
        switch vibe?.length {
        case .tracks(let count) where request.limit == nil: question.limit = count
        case .seconds(let seconds) where request.limit == nil && request.totalS == nil:
            question.request.totalS = seconds
            question.limit = Limits.playlistTracks
        default: break
        }
        return question
    }
}

extension Household {
    /// Decides whose list a request is for, and copies what ranking needs.
    func question(_ request: PlaylistRequest) throws -> PlaylistQuestion {
        let speaker = try request.speaker.map { reference throws(HouseholdError) in try self.speaker(reference) }
        let listeners = try listeners(at: speaker?.name)
        let asked = request.isAskedOnSpeaker ? speaker : nil
        let owners = try ListOwners(
            request, askedOn: asked, listeners: asked == nil ? nil : listeners, in: roster)
        var question = PlaylistQuestion(
            request: request, owners: owners,
            limit: request.limit ?? speaker?.totalTracks ?? settings.totalTracks,
            mode: request.mode ?? speaker?.mode ?? .balanced,
            maxPerArtist: request.maxPerArtist ?? settings.maxPerArtist, speaker: speaker, now: request.at ?? now(),
            soundSearch: soundSearch(for: request))
        question.people = try owners.profiles.map { try personalTaste(of: $0, for: request) }
        question.allowsExplicit = allowsExplicit(owners, on: speaker?.name, listeners: listeners)
        question.addressing = settings.addressing(forSpeaker: speaker?.name)
        let playing = speaker.flatMap { plays.nowPlaying(on: $0.name) }?.media
        question.playing = playing.flatMap { $0.kind == .music && $0.title != nil ? HeardMedia($0) : nil }
        question.recency = try recency(for: question)
        return question
    }

    /// What is answered as if it were another time depends on the store alone, so nobody else is asked.
    private func soundSearch(for request: PlaylistRequest) -> SoundSearch {
        SoundSearch(
            library: request.at == nil ? settings.soundLibrary : nil, connect: connectSound, waits: request.waits)
    }

    private func personalTaste(of profile: Profile, for request: PlaylistRequest) throws -> PersonalTaste {
        let time = request.at ?? now()
        let memory = try tastes.taste(of: profile, in: store)
        var person = PersonalTaste(
            profile: profile, taste: memory.taste, version: memory.stamp.version,
            verdicts: Verdicts(memory.verdicts, at: time))
        if let past = try pastTaste(of: profile, instead: memory.taste, at: request.at) {
            (person.taste, person.version) = (past, nil)
        }
        if person.taste?.isYoung ?? true {
            person.household = HouseholdPlays(try allTastes(at: request.at), at: time)
        }
        return person
    }

    /// What was listed for the profiles, or heard by them or on the speaker, within the no-repeat window.
    private func recency(for question: PlaylistQuestion) throws -> Recency {
        guard settings.noRepeatS > 0 else { return .nothing }
        let owners = question.owners
        let since = question.now.addingTimeInterval(-settings.noRepeatS)
        var latest: [[TrackID: Date]] = []
        // A seed repeats a list, so that list is no reason against its own tracks.
        if question.request.seed == nil {
            let names = owners.profiles.isEmpty ? [nil] : owners.profiles.map { Optional($0.name) }
            for name in names { latest.append(try recentLists.latest(forProfile: name, in: store)) }
        }
        try store.read { store in
            for profile in owners.profiles {
                latest.append(
                    Self.byTrack(try store.lastStarts(heardIn: ListenSelection(since: since, owner: profile.owner))))
            }
            if let speaker = question.speaker, owners.rule != .guest {
                let heard = ListenSelection(speakerName: speaker.name, since: since)
                latest.append(Self.byTrack(try store.lastStarts(heardIn: heard)))
            }
        }
        return Recency(now: question.now, windowS: settings.noRepeatS, latest: latest)
    }

    private static func byTrack(_ starts: [Track.ID: Date]) -> [TrackID: Date] {
        Dictionary(uniqueKeysWithValues: starts.map { (TrackID($0), $1) })
    }

    private func allTastes(at time: Date?) throws -> [ProfileTaste] {
        try roster.profiles.values.map { profile in
            let taste = try tastes.taste(of: profile, in: store).taste
            return try pastTaste(of: profile, instead: taste, at: time) ?? taste
        }
    }

    /// A profile's taste as it was at a time that later listens have passed; nil if the present one is right.
    private func pastTaste(of profile: Profile, instead taste: ProfileTaste, at time: Date?) throws -> ProfileTaste? {
        guard let time, taste.counters.values.contains(where: { $0.last >= time }) else { return nil }
        return ProfileTaste.rebuilt(from: try store.read { try $0.countedPlays(owner: profile.owner, before: time) })
    }
}
