import Foundation
import Listening
import Taste

/// A batch of listens out of a file: the input of `listen/import`.
public struct ListenImport: Codable, Sendable {
    /// Whose they are, where nobody else says.
    public var profile: String?
    /// Where they were heard, where the file does not say.
    public var speaker: String?
    /// The listens.
    public var rows: [ImportedListen]

    /// Creates a batch.
    public init(profile: String?, speaker: String?, rows: [ImportedListen]) {
        self.profile = profile
        self.speaker = speaker
        self.rows = rows
    }
}

/// A batch of tracks out of a file: the input of `catalog/import`.
public struct CatalogImport: Codable, Sendable {
    /// The tracks.
    public var rows: [ImportedTrack]
    /// Whether they are the small catalog that comes with Haunt.
    public var isDemo: Bool

    /// Creates a batch.
    public init(rows: [ImportedTrack], isDemo: Bool = false) {
        self.rows = rows
        self.isDemo = isDemo
    }
}

/// What an import did.
public struct ImportView: Codable, Equatable, Sendable {
    /// Rows that are new.
    public var added: Int
    /// Rows that were there already.
    public var known: Int

    /// Creates a count.
    public init(added: Int = 0, known: Int = 0) {
        self.added = added
        self.known = known
    }
}

/// Files brought in, a batch at a time.
extension Household {
    /// Stores a batch of listens.
    ///
    /// Rows that are there already add nothing.
    ///
    /// The tastes they touch are marked stale in the same transaction; ``buildStaleTastes()`` builds them once the last
    /// batch is in, and so does the next start if that never comes.
    ///
    /// - Parameter batch: The listens.
    /// - Returns: How many are new.
    /// - Throws: ``HouseholdError`` when the profile does not exist.
    public func importListens(_ batch: ListenImport) throws -> ImportView {
        let fixed = try batch.profile.map { name throws(HouseholdError) in try roster.profile(named: name) }
        for speaker in Set(batch.rows.map { $0.speakerName ?? batch.speaker }) {
            if let speaker { meet(fullName(ofSpeaker: speaker)) }
        }
        var view = ImportView()
        let touched = try store.write { store in
            var touched: Set<Int64> = []
            for row in batch.rows {
                let listen = listen(row, of: fixed, on: batch.speaker)
                let track = try store.findOrAddTrack(heard: listen.media)
                guard try store.importListen(listen, trackID: track.id) else {
                    view.known += 1
                    continue
                }
                view.added += 1
                touched.insert(listen.profileID ?? roster.defaultProfile.id)
            }
            for id in touched {
                var stamp = try store.tasteStamp(ofProfile: id)
                stamp.isStale = true
                try store.saveTasteStamp(stamp, profile: id)
            }
            return touched
        }
        for id in touched { memories[id] = nil }
        if view.added > 0 { library.invalidate() }
        return view
    }

    private func listen(_ row: ImportedListen, of fixed: Profile?, on speaker: String?) -> NewListen {
        let speakerName = (row.speakerName ?? speaker).map(fullName(ofSpeaker:))
        let owner = fixed ?? roster.owner(of: speakerName)
        let rule: AttributionRule = fixed != nil ? .payload : owner != nil ? .mapping : .default
        let media = Media(
            title: row.title, artist: row.artist, album: row.album, uri: row.uri, durationS: row.durationS)
        return NewListen(
            eventID: row.eventID ?? row.fingerprint(profile: owner?.name), media: media, startedAt: row.startedAt,
            playedS: row.heardS, outcome: settings.rules(forSpeaker: speakerName).outcome(imported: row),
            speakerName: speakerName,
            profileID: owner?.ownerID, rule: rule, source: row.source ?? "import")
    }

    /// Brings a batch of tracks into the catalog.
    ///
    /// The first real one sends unplayed demo tracks away.
    public func importCatalog(_ batch: CatalogImport) throws -> ImportView {
        let counts = try store.write { store in
            guard try store.trackCount() + batch.rows.count <= Limits.catalogTracks else {
                throw HouseholdError(.tooLarge, "The catalog would have more than \(Limits.catalogTracks) tracks")
            }
            if !batch.isDemo { try store.removeUnplayedDemoTracks() }
            return try store.importTracks(batch.rows, isDemo: batch.isDemo)
        }
        library.invalidate()
        return ImportView(added: counts.added, known: counts.updated)
    }
}

extension ImportedListen {
    /// An id by which the same row is known again: profile, start, artist, title and what was heard.
    ///
    /// FNV-1a of 64 bits twice, from two offsets: http://www.isthe.com/chongo/tech/comp/fnv/
    fileprivate func fingerprint(profile: String?) -> String {
        let heard = heardS.map { "\(Int64(($0 * 1_000).rounded()))" } ?? ""
        let key = [profile ?? "", "\(startedAt.milliseconds)", artist ?? "", title, heard].joined(separator: "\u{1F}")
        let hash = { (offset: UInt64) in
            key.utf8.reduce(offset) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        }
        let digits = [hash(0xCBF2_9CE4_8422_2325), hash(0x8422_2325_CBF2_9CE4)].map { String($0, radix: 36) }
        return "import:" + digits.joined(separator: "-")
    }
}

extension ListenRules {
    /// What an imported row is worth: every readable row is a listen, also a short one.
    fileprivate func outcome(imported row: ImportedListen) -> PlayOutcome {
        if row.wasSkipped == true { return .skipped }
        let judgement = judge(heardS: row.heardS, durationS: row.durationS)
        return judgement.outcome == .ignored ? .skipped : judgement.outcome
    }
}
