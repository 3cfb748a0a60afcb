/// A playlist for several people, with whom each track is for.
public struct SharedPlaylist: Equatable, Sendable {
    /// One track of it.
    public struct Item: Equatable, Sendable {
        /// The track as it was ranked for the person whose turn it was.
        public var track: RankedTrack
        /// Place of that person among the people.
        public var turn: Int
        /// Places of all for whom it counts, in order.
        public var people: [Int]
    }

    /// The tracks in the order to play.
    public var items: [Item]
    /// How many candidates each filter took out.
    public var removed: [ListFilter: Int]
    /// What a person should know.
    public var notes: [String]
}

extension CatalogIndex {
    /// Makes a playlist for several people.
    ///
    /// Each place goes to the person furthest behind. A track that suits several people counts for each of them. What is
    /// excluded for one of them is excluded for all.
    ///
    /// - Parameters:
    ///   - requests: What to rank by, for each person.
    ///   - plan: How the playlist should be.
    /// - Returns: The playlist. Its people are places in `requests`.
    public func playlist(forSeveral requests: [RankingRequest], plan: PlaylistPlan) -> SharedPlaylist {
        var requests = RankingRequest.sharingExclusions(requests)
        let scorer = requests.first?.vibe.map { VibeScorer($0, index: self) }
        for person in requests.indices { requests[person].preparedVibe = scorer }
        var turns = TurnTaking(requests.map { suited(to: $0, plan: plan) }, seed: plan.seed)
        var builder = PlaylistBuilder(index: self, plan: plan)
        builder.take(by: &turns)
        let items = turns.ordered(builder.chosen, by: PlaylistOrder(index: self, plan: plan)).map { track in
            SharedPlaylist.Item(
                track: track, turn: turns.turns[track.trackID] ?? 0, people: turns.people(for: track.trackID))
        }
        let notes = (requests.first?.vibe?.notes ?? []) + Self.notes(on: builder, plan)
        return SharedPlaylist(items: items, removed: builder.removed, notes: notes)
    }

    /// The list that a person would have alone, and what suits them besides: the best of their ranking.
    private func suited(to request: RankingRequest, plan: PlaylistPlan) -> TurnTaking.Person {
        var ranker = Ranker(index: self, request: request)
        let own = playlist(by: ranker, plan: plan).tracks
        ranker.request.limit = plan.totalTracks
        ranker.request.recent = plan.recency
        let ranked = ranker.rankedHeedingVerdicts().filter {
            !$0.origin.isStart && $0.origin != .popular && $0.fit > .near
        }
        return TurnTaking.Person(own: own, suits: Set((own.filter { $0.fit > .near } + ranked).map(\.trackID)))
    }
}

extension RankingRequest {
    /// The same requests, each without what is excluded by any of them.
    fileprivate static func sharingExclusions(_ requests: [RankingRequest]) -> [RankingRequest] {
        let tracks = requests.reduce(into: Set()) { $0.formUnion($1.excluded) }
        let artists = requests.reduce(into: Set()) { $0.formUnion($1.excludedArtists) }
        return requests.map { request in
            var request = request
            request.excluded = tracks
            request.excludedArtists = artists
            return request
        }
    }
}

/// Whose turn it is to choose the next track of a list.
struct TurnTaking {
    /// What one person would choose.
    struct Person {
        /// Their own list.
        var own: [RankedTrack]
        /// Tracks that count for them, whoever chose.
        var suits: Set<TrackID>
        fileprivate var next = 0
        /// Number of chosen tracks that count for them.
        fileprivate var gain = 0
        fileprivate var turns = 0

        init(own: [RankedTrack], suits: Set<TrackID>) {
            self.own = own
            self.suits = suits
        }
    }

    private var persons: [Person]
    private let first: Int
    /// Who chose each track.
    private(set) var turns: [TrackID: Int] = [:]

    init(_ persons: [Person], seed: UInt64) {
        self.persons = persons
        first = Int(seed % UInt64(max(persons.count, 1)))
    }

    /// For whom a track counts; whoever chose it, at least.
    func people(for track: TrackID) -> [Int] {
        persons.indices.filter { persons[$0].suits.contains(track) || turns[track] == $0 }
    }

    /// The next choice of the person furthest behind who has one left.
    mutating func next() -> (person: Int, track: RankedTrack)? {
        let waiting = persons.indices.filter { persons[$0].next < persons[$0].own.count }
        guard let behind = furthestBehind(among: waiting) else { return nil }
        defer { persons[behind].next += 1 }
        return (behind, persons[behind].own[persons[behind].next])
    }

    /// The chosen tracks in the order to play: each place goes to the person furthest behind up to there, so that a list that
    /// is not played to its end is fair, too.
    func ordered(_ tracks: [RankedTrack], by order: PlaylistOrder) -> [RankedTrack] {
        var turns = self
        for person in persons.indices { (turns.persons[person].gain, turns.persons[person].turns) = (0, 0) }
        var waiting = persons.indices.map { person in tracks.filter { self.turns[$0.trackID] == person } }
        var ordered: [RankedTrack] = []
        while let person = turns.furthestBehind(among: waiting.indices.filter { !waiting[$0].isEmpty }) {
            let track = waiting[person].remove(at: order.next(in: waiting[person], after: ordered))
            ordered.append(track)
            turns.take(track.trackID, of: person)
        }
        return ordered
    }

    /// Counts a choice that came on the list.
    mutating func take(_ track: TrackID, of person: Int) {
        turns[track] = person
        persons[person].turns += 1
        for other in people(for: track) { persons[other].gain += 1 }
    }

    /// Begins again with what was passed over.
    mutating func rewind() { for person in persons.indices { persons[person].next = 0 } }

    /// Of some persons the one for whom the fewest tracks count; among equals the one with the fewest turns.
    private func furthestBehind(among persons: [Int]) -> Int? { persons.min { rank(of: $0) < rank(of: $1) } }

    private func rank(of person: Int) -> (Int, Int, Int) {
        let place = (person - first + persons.count) % persons.count
        return (persons[person].gain, persons[person].turns, place)
    }
}

extension PlaylistBuilder {
    /// Takes tracks by turns: first within the cap on an artist, then beyond it, as each own list does.
    fileprivate mutating func take(by turns: inout TurnTaking) {
        for cap in [nil, Int.max] {
            while !isFull, let choice = turns.next() {
                let before = chosen.count
                fill(from: [choice.track], isDrawn: false, maxPerArtist: cap)
                if chosen.count > before { turns.take(choice.track.trackID, of: choice.person) }
            }
            turns.rewind()
        }
        guard chosen.isEmpty, let choice = turns.next() else { return }
        fill(from: [choice.track], isDrawn: false, isLongAllowed: true)
        turns.take(choice.track.trackID, of: choice.person)
    }
}
