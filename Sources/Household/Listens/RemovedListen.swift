public import Foundation

/// What is remembered of a listen that somebody removed, so that it is not stored when it is sent again.
///
/// It has salted hashes in place of names and ids, and the time within 100 seconds only. So a store from which a listen
/// was purged does not say what it was.
public struct RemovedListen: Equatable, Sendable {
    /// The id of a stored row.
    public typealias ID = RowID<RemovedListen>

    /// Row id in the store.
    public let id: ID
    /// What is remembered.
    public let mark: Mark

    /// Creates the value of a stored row.
    public init(id: ID, mark: Mark) {
        self.id = id
        self.mark = mark
    }

    /// What is remembered of a listen.
    public struct Mark: Equatable, Sendable {
        /// Length of the spans by which starts are found, in milliseconds. It is longer than two reports of one listen can
        /// be apart.
        private static let spanMs: Int64 = 100_000

        /// Hash of the event id.
        public var eventHash: Int64
        /// Hash of artist, title and the span of time in which it began.
        public var spanHash: Int64
        /// Start within the span, in milliseconds.
        public var startMs: Int64
        /// Hash of the speaker's name; nil when none was named.
        public var speakerHash: Int64?
        /// Hash of the owner's name; nil when no rule named one.
        public var ownerHash: Int64?
        /// Whether its times are whole minutes.
        public var isToTheMinute: Bool
        /// Hashes of the same artist and title in the span before and the one after. They are not stored.
        private var neighbours: [Int64] = []

        /// Creates the value of a stored row.
        public init(
            eventHash: Int64, spanHash: Int64, startMs: Int64, speakerHash: Int64?, ownerHash: Int64?,
            isToTheMinute: Bool
        ) {
            self.eventHash = eventHash
            self.spanHash = spanHash
            self.startMs = startMs
            self.speakerHash = speakerHash
            self.ownerHash = ownerHash
            self.isToTheMinute = isToTheMinute
        }

        /// Makes the mark of a listen.
        ///
        /// - Parameters:
        ///   - listen: The listen.
        ///   - owner: Name of the profile that has it.
        ///   - salt: The salt of the store.
        init(_ listen: NewListen, of owner: String, salt: Data) {
            let key = TrackKey(artist: listen.media.artist, title: listen.media.title ?? "")
            let (span, start) = listen.startedAt.milliseconds.quotientAndRemainder(dividingBy: Self.spanMs)
            let spanHash = { (span: Int64) in
                SaltedHash.of("span", [key.artist, key.title, "\(span)"], salt: salt)
            }
            self.init(
                eventHash: SaltedHash.of("event", [listen.eventID], salt: salt), spanHash: spanHash(span),
                startMs: start,
                speakerHash: listen.speakerName.map { SaltedHash.of("speaker", [$0], salt: salt) },
                ownerHash: listen.identity.isAttributed ? SaltedHash.of("owner", [owner], salt: salt) : nil,
                isToTheMinute: listen.identity.isToTheMinute)
            neighbours = [spanHash(span - 1), spanHash(span + 1)]
        }

        /// The hashes by which the marks of the same listen are found.
        public var spanHashes: [Int64] { [spanHash] + neighbours }

        /// Whether this mark of a report is one of the same listen as a stored mark.
        func isSame(as stored: Mark) -> Bool {
            if eventHash == stored.eventHash { return true }
            guard let place = spanHashes.firstIndex(of: stored.spanHash) else { return false }
            let spans = [0, -1, 1][place]
            let contradicts = ownerHash.map { owner in stored.ownerHash.map { $0 != owner } ?? false } ?? false
            return SameListen(
                speakers: .init(speakerHash, stored.speakerHash), contradicts: contradicts,
                isToTheMinute: isToTheMinute || stored.isToTheMinute, isImported: false
            ).holds(apartS: Double(startMs - stored.startMs - Int64(spans) * Self.spanMs) / 1_000)
        }
    }
}

/// Hashes with the salt of the store. A guess can be tested only with that salt.
enum SaltedHash {
    /// The first 64 bits of the SHA-256 of the salt and the texts.
    ///
    /// - Parameters:
    ///   - kind: What the texts are, so that equal texts of two kinds have different hashes.
    ///   - texts: The texts.
    ///   - salt: The salt of the store.
    /// - Returns: The hash.
    static func of(_ kind: String, _ texts: [String], salt: Data) -> Int64 {
        let text = ([kind] + texts).joined(separator: "\u{1F}")
        return SHA256.hash(Array(salt) + text.utf8).prefix(8).reduce(0) { $0 << 8 | Int64($1) }
    }
}

/// Reads what is remembered of removed listens.
public protocol RemovedListenReading {
    /// The random bytes with which the store hashes what it must not name.
    func salt() throws -> Data
    /// Whether any removed listen is remembered.
    func hasRemovedListens() throws -> Bool
    /// Marks with the event or one of the spans of a mark. Of those with a span, a bounded number is read.
    func removedListens(like mark: RemovedListen.Mark) throws -> [RemovedListen]
}

/// Remembers removed listens. Undoing a correction forgets the marks of the listens that it restores.
public protocol RemovedListenWriting: RemovedListenReading {
    /// Remembers a listen that a correction removes.
    func insertRemovedListen(_ mark: RemovedListen.Mark, _ id: Listen.ID, correction: Correction.ID) throws
}

extension CorrectionWriting where Self: RemovedListenWriting {
    /// Removes the listens of a correction from history, and remembers that they were removed.
    ///
    /// - Parameter id: The correction.
    /// - Throws: What the store throws.
    func removeAndRemember(_ id: Correction.ID) throws {
        let salt = try salt()
        try forEachListen(ofCorrection: id) { listen in
            let owner = listen.profileName ?? Profile.defaultName
            try insertRemovedListen(RemovedListen.Mark(listen.event, of: owner, salt: salt), listen.id, correction: id)
        }
        try removeListens(ofCorrection: id)
    }
}
