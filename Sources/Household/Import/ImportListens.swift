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
    public let rows: [ImportedListen]
    /// An id that all batches of a file share; nil for a batch that is a whole file.
    public let file: String?
    /// Whether listens are stored that somebody removed before.
    public let withRemoved: Bool?

    /// Creates a batch.
    public init(
        profile: String?, speaker: String?, rows: [ImportedListen], file: String? = nil, withRemoved: Bool = false
    ) {
        self.profile = profile
        self.speaker = speaker
        self.rows = rows
        self.file = file
        self.withRemoved = withRemoved
    }

    /// - Returns: How many are new.
    /// - Throws: ``HouseholdError`` `invalid` that names the first row that cannot be read; nothing is stored then.
    public func perform(in household: isolated Household) throws -> ImportView {
        let now = household.now()
        guard rows.count <= Limits.importedRows else {
            throw HouseholdError.invalid("rows", "A batch has at most \(Limits.importedRows) rows")
        }
        for (index, row) in rows.enumerated() {
            guard let problem = row.problem(at: now) else { continue }
            throw HouseholdError.invalid("rows[\(index)]", problem)
        }
        let fixed = try profile.map { name throws(HouseholdError) in try household.roster.profile(named: name) }
        for speaker in Set(rows.compactMap { $0.speakerName ?? speaker }) {
            household.register(household.fullName(ofSpeaker: speaker))
        }
        // In the order of time, in which reports of the same plays are matched one to one.
        let listens = rows.map { listen($0, of: fixed, in: household) }.enumerated()
            .sorted { ($0.element.startedAt, $0.offset) < ($1.element.startedAt, $1.offset) }.map(\.element)
        var matches = household.imports[file]
        let view = try household.store.write { try store(listens, &matches, household.roster, in: $0) }
        household.imports[file] = matches
        for profile in household.roster.profiles(of: listens.map(\.owner)) { household.tastes.forget(profile.id) }
        if view.added > 0 { household.invalidateCatalog() }
        return view
    }

    private func store(
        _ listens: [NewListen], _ matches: inout ListenMatches, _ roster: Roster, in store: any HouseholdWriting
    ) throws -> ImportView {
        var view = ImportView()
        var touched: Set<Owner> = []
        // When nothing was removed, no row needs to be compared with removed listens. Asked once, and not for each row.
        let withRemoved = try withRemoved == true || !store.hasRemovedListens()
        let owners = Dictionary(roster.profiles.values.map { ($0.owner, $0.name) }) { first, _ in first }
        for listen in listens {
            let owner = owners[listen.owner] ?? Profile.defaultName
            switch try matches.find(listen, of: owner, in: store, withRemoved: withRemoved) {
            case .stored: view.known += 1
            case .removed: view.removed += 1
            case .new(let trackID, _):
                guard let id = try store.importListen(listen, trackID: trackID) else {
                    view.known += 1
                    continue
                }
                matches.add(id)
                view.added += 1
                touched.insert(listen.owner)
            }
        }
        for profile in roster.profiles(of: touched) { try store.markTasteStale(profile.id) }
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
            eventID: row.eventID ?? row.fingerprint(profile: fixed?.name), media: media, startedAt: row.startedAt,
            playedS: row.heardS.map { min($0, row.durationS ?? .infinity) },
            outcome: household.settings.rules(forSpeaker: speakerName).outcome(of: row),
            speakerName: speakerName, owner: owner?.owner ?? .nobody, rule: rule, source: row.source ?? "import")
    }
}

/// What the rows of files that are imported batch by batch were matched with.
struct ImportMatches {
    /// Files whose matches are kept at a time. More are rarely imported at once.
    private static let limit = 4
    private var files: [(name: String, matches: ListenMatches)] = []

    /// The matches of a file so far; none for a batch that is a file of its own.
    subscript(name: String?) -> ListenMatches {
        get { files.first { $0.name == name }?.matches ?? ListenMatches() }
        set {
            guard let name else { return }
            files.removeAll { $0.name == name }
            files.append((name, newValue))
            files.removeFirst(max(0, files.count - Self.limit))
        }
    }
}

/// What an import did.
public struct ImportView: Codable, Equatable, Sendable {
    /// Rows that are new.
    public var added: Int
    /// Rows that were there already.
    public var known: Int
    /// Rows that somebody removed before, and that stay removed.
    public var removed: Int
    /// Places of the rows that are to be sent again after the last batch, because the rest of the file decides what they are.
    public var undecided: [Int]

    /// Creates a count.
    public init(added: Int = 0, known: Int = 0, removed: Int = 0, undecided: [Int] = []) {
        self.added = added
        self.known = known
        self.removed = removed
        self.undecided = undecided
    }
}

extension ImportedListen {
    /// An id by which the same row is known again: the named profile, start, artist, title and seconds heard.
    fileprivate func fingerprint(profile: String?) -> String {
        let heard = heardS.map { "\(Int64(nearest: $0 * 1_000))" } ?? ""
        let key = [profile ?? "", "\(startedAt.milliseconds)", artist ?? "", title, heard].joined(separator: "\u{1F}")
        // 64 bits would be too few for millions of rows, so two hashes from different offsets stand side by side.
        let digits = [FNV1a.offset, 0x8422_2325_CBF2_9CE4].map { String(FNV1a.hash(key.utf8, from: $0), radix: 36) }
        return ListenIdentity.importPrefix + digits.joined(separator: "-")
    }
}

extension ListenRules {
    /// The outcome of an imported row: every readable row is a listen, also a short one.
    fileprivate func outcome(of row: ImportedListen) -> ListenOutcome {
        if row.wasSkipped == true { return .skipped }
        return ListenOutcome(judge(heardS: row.heardS, durationS: row.durationS).outcome) ?? .skipped
    }
}
