import Foundation
import Listening
import Wire

extension HouseholdOperation where Self: Decodable {
    /// Not used: a batch is decoded whole, by ``decode(_:)``.
    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        throw HouseholdError(.badRequest, "The rows of a batch are not read field by field")
    }

    /// Reads a batch of rows, which the command that sends it has checked one by one.
    public static func decode(_ input: OperationInput) throws(HouseholdError) -> Self {
        do {
            return try WireJSON.decode(Self.self, from: Data(input.payload))
        } catch {
            throw HouseholdError(.badRequest, "This batch is not one that haunt import sends")
        }
    }
}

/// Stores a batch of listens out of a file. Rows that are there already add nothing.
///
/// The tastes that it touches are marked stale in the same transaction. ``RefreshTastes`` rebuilds them after the last
/// batch, and the next start does if that never comes.
public struct ImportListens: ImmediateOperation, Codable {
    /// Its name. Batches come from the command line only.
    public static let signature = OperationSignature("listen/import", nil, writes: true, isOnMQTT: false)

    /// The profile they belong to, whatever their speakers; nil leaves it to the speakers' mappings.
    public let profile: String?
    /// The speaker of rows that name none.
    public let speaker: String?
    /// The listens.
    public let rows: [ImportedListen]

    /// Creates a batch.
    public init(profile: String?, speaker: String?, rows: [ImportedListen]) {
        self.profile = profile
        self.speaker = speaker
        self.rows = rows
    }

    /// - Returns: How many are new.
    public func perform(in household: isolated Household) throws -> ImportView {
        for (index, row) in rows.enumerated() { try row.check(at: index) }
        let fixed = try profile.map { name throws(HouseholdError) in try household.roster.profile(named: name) }
        for speaker in Set(rows.compactMap { $0.speakerName ?? speaker }) {
            household.register(household.fullName(ofSpeaker: speaker))
        }
        let listens = rows.map { listen($0, of: fixed, in: household) }
        let view = try household.store.write { store in
            var view = ImportView()
            var touched: Set<Owner> = []
            for listen in listens {
                let track = try store.findOrAddTrack(heard: listen.media)
                guard try store.importListen(listen, trackID: track.id) else {
                    view.known += 1
                    continue
                }
                view.added += 1
                touched.insert(listen.owner)
            }
            for profile in household.roster.profiles(of: touched) { try store.markTasteStale(profile.id) }
            return view
        }
        for profile in household.roster.profiles(of: listens.map(\.owner)) { household.tastes.forget(profile.id) }
        if view.added > 0 { household.catalog.invalidate() }
        return view
    }

    private func listen(_ row: ImportedListen, of fixed: Profile?, in household: isolated Household) -> NewListen {
        let speakerName = (row.speakerName ?? speaker).map(household.fullName(ofSpeaker:))
        let owner = fixed ?? household.roster.owner(of: speakerName)
        let open: AttributionRule = household.roster.isShared(speakerName) ? .likeness : .default
        let rule: AttributionRule = fixed != nil ? .payload : owner != nil ? .mapping : open
        let media = HeardMedia(
            title: row.title, artist: row.artist, album: row.album, uri: row.uri, durationS: row.durationS)
        return NewListen(
            eventID: row.eventID ?? row.fingerprint(profile: owner?.name), media: media, startedAt: row.startedAt,
            playedS: row.heardS, outcome: household.settings.rules(forSpeaker: speakerName).outcome(of: row),
            speakerName: speakerName, owner: owner?.owner ?? .nobody, rule: rule, source: row.source ?? "import")
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

extension ImportedListen {
    /// Checks what the store and the tastes rely on.
    ///
    /// - Throws: ``HouseholdError`` `invalid` that names the row, counted from 0.
    fileprivate func check(at index: Int) throws(HouseholdError) {
        let isLength = { (seconds: Double?) in seconds.map { (0...Limits.playedS).contains($0) } ?? true }
        guard isLength(heardS), isLength(durationS) else {
            throw .invalid("rows[\(index)]", "Seconds lie between 0 and \(Int(Limits.playedS))")
        }
        guard startedAt.timeIntervalSince1970 >= 0, startedAt < .distantFuture else {
            throw .invalid("rows[\(index)]", "started_at must lie between 1970 and now")
        }
        if let speakerName { _ = try SpeakerName.validated(speakerName, field: "rows[\(index)]") }
    }

    /// An id by which the same row is known again: profile, start, artist, title and seconds heard.
    fileprivate func fingerprint(profile: String?) -> String {
        let heard = heardS.map { "\(Int64(($0 * 1_000).rounded()))" } ?? ""
        let key = [profile ?? "", "\(startedAt.milliseconds)", artist ?? "", title, heard].joined(separator: "\u{1F}")
        // 64 bits would be too few for millions of rows, so two hashes from different offsets stand side by side.
        let digits = [FNV1a.offset, 0x8422_2325_CBF2_9CE4].map { String(FNV1a.hash(key.utf8, from: $0), radix: 36) }
        return "import:" + digits.joined(separator: "-")
    }
}

extension ListenRules {
    /// The outcome of an imported row: every readable row is a listen, also a short one.
    fileprivate func outcome(of row: ImportedListen) -> ListenOutcome {
        if row.wasSkipped == true { return .skipped }
        return ListenOutcome(judge(heardS: row.heardS, durationS: row.durationS).outcome) ?? .skipped
    }
}
