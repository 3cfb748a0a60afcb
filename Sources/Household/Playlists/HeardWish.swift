import Taste

/// What a request wishes for, as it was read and as it was heard.
struct HeardWish: Sendable {
    var vibe: Vibe?
    var sound = FoundSound()

    /// The tracks that the list is to be like; they are not on it.
    var models: [TrackID] { vibe.flatMap { $0.wantsAlike ? $0.tracks.compactMap(\.id) : nil } ?? [] }
}

extension CatalogCache {
    /// How many neighbours of a track are looked for, at least, and for each track of the list.
    private static let leastNeighbors = 100
    private static let neighborsPerTrack = 4

    /// Reads what a request wishes for, has its sound searched for, and looks for what sounds like the tracks that it names.
    ///
    /// - Returns: The wish, the request with the length that its words ask for, and the index to answer it with.
    /// - Throws: What the store throws; `CancellationError`.
    func read(_ asked: PlaylistQuestion) async throws -> (wish: HeardWish, PlaylistQuestion, CatalogIndex) {
        // The index is not kept during the search, because a track that comes in while it is kept would make a copy of it.
        let vibe = try asked.request.vibe.map { try read($0, playing: asked.playing, in: self.index()) }
        var wish = HeardWish(vibe: vibe, sound: try await asked.soundSearch.find(vibe, in: self))
        let (question, index) = (asked.lengthened(by: vibe), try self.index())
        let limit = max(Self.leastNeighbors, question.limit * Self.neighborsPerTrack)
        let (models, playable) = (wish.models, try self.playable(question.addressing, in: index))
        for model in models {
            wish.sound.add(
                try sounds.neighbors(of: model, limit: limit) { id in
                    !models.contains(id) && playable?.contains(id, in: index) ?? true
                })
        }
        return (wish, question, index)
    }

    private func read(_ text: String, playing: HeardMedia?, in index: CatalogIndex) throws -> Vibe {
        let vibe = index.parse(vibe: text)
        guard vibe.pointsAtPlaying else { return vibe }
        let track = try playing.map { media in
            Vibe.Track(
                id: try trackID(of: media), title: media.title ?? "",
                artist: media.artist ?? "")
        }
        return index.pointing(vibe, at: track)
    }
}
