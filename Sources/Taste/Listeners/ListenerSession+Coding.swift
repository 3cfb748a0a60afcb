import Foundation

// A session in progress is stored with each of its plays, so its steps are kept in few bytes instead of JSON.
extension ListenerSession: Codable {
    private enum CodingKeys: String, CodingKey {
        case people, prior, steps, packedSteps, words, signs, isAwayTold
    }

    /// Reads a session, also as older builds stored it, with its steps as JSON.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        people = try container.decode([String].self, forKey: .people)
        prior = try container.decode([Double].self, forKey: .prior)
        words = try container.decode([Word].self, forKey: .words)
        signs = try container.decodeIfPresent([ListenerSign].self, forKey: .signs)
        isAwayTold = try container.decodeIfPresent(Bool.self, forKey: .isAwayTold)
        if let packed = try container.decodeIfPresent(Data.self, forKey: .packedSteps) {
            var reader = ByteReader(bytes: ArraySlice(packed))
            steps = try reader.steps(of: prior.count)
        } else {
            steps = try container.decode([Step].self, forKey: .steps)
        }
    }

    /// Writes a session.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        var writer = ByteWriter()
        for step in steps { writer.put(step) }
        try container.encode(people, forKey: .people)
        try container.encode(prior, forKey: .prior)
        try container.encode(words, forKey: .words)
        try container.encodeIfPresent(signs, forKey: .signs)
        try container.encodeIfPresent(isAwayTold, forKey: .isAwayTold)
        try container.encode(Data(writer.bytes), forKey: .packedSteps)
    }
}

/// What a step has, one bit each.
private struct StepParts: OptionSet {
    let rawValue: UInt64
    static let skipped = StepParts(rawValue: 1)
    static let counts = StepParts(rawValue: 2)
    static let endUnknown = StepParts(rawValue: 4)
    static let artist = StepParts(rawValue: 8)
    static let stay = StepParts(rawValue: 16)
    static let presence = StepParts(rawValue: 32)
    static let everybodyAway = StepParts(rawValue: 64)

    init(rawValue: UInt64) { self.rawValue = rawValue }

    init(of step: ListenerSession.Step) {
        let parts: [(StepParts, Bool)] = [
            (.skipped, step.play.isSkipped), (.counts, step.play.counts),
            (.endUnknown, step.play.isEndUnknown == true), (.artist, step.play.artist != nil),
            (.stay, step.stay != nil), (.presence, step.presence != nil),
            (.everybodyAway, step.isEverybodyAway == true),
        ]
        self = parts.reduce([]) { $1.1 ? $0.union($1.0) : $0 }
    }
}

/// Writes numbers of eight bytes each, and texts after their length.
private struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func put(_ step: ListenerSession.Step) {
        put(StepParts(of: step).rawValue)
        put(UInt64(bitPattern: step.play.trackID.rawValue))
        put([step.play.startedAt, step.play.endedAt].map(\.timeIntervalSinceReferenceDate))
        if let artist = step.play.artist { put(artist) }
        for list in [step.prior, step.evidence, step.here, step.belief] { put(list) }
        for list in [step.stay, step.presence] { put(list ?? []) }
    }

    private mutating func put(_ number: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    private mutating func put(_ list: [Double]) { for number in list { put(number.bitPattern) } }

    private mutating func put(_ text: String) {
        put(UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }
}

/// Reads what a ``ByteWriter`` wrote. Bytes that are none of it are an error.
private struct ByteReader {
    var bytes: ArraySlice<UInt8>

    /// - Parameter count: Length of each list.
    /// - Returns: The steps.
    /// - Throws: `DecodingError` for bytes that end in the midst of a step.
    mutating func steps(of count: Int) throws -> [ListenerSession.Step] {
        var steps: [ListenerSession.Step] = []
        while !bytes.isEmpty { steps.append(try step(of: count)) }
        return steps
    }

    private mutating func step(of count: Int) throws -> ListenerSession.Step {
        let parts = StepParts(rawValue: try number())
        let trackID = TrackID(Int64(bitPattern: try number()))
        let times = try list(of: 2).map(Date.init(timeIntervalSinceReferenceDate:))
        let play = HeardPlay(
            trackID: trackID, startedAt: times[0], endedAt: times[1], isSkipped: parts.contains(.skipped),
            counts: parts.contains(.counts), artist: parts.contains(.artist) ? try text() : nil,
            isEndUnknown: parts.contains(.endUnknown))
        let lists = try (0..<4).map { _ in try list(of: count) }
        return ListenerSession.Step(
            play: play, prior: lists[0], evidence: lists[1], here: lists[2],
            stay: parts.contains(.stay) ? try list(of: count) : nil, belief: lists[3],
            presence: parts.contains(.presence) ? try list(of: count) : nil,
            isEverybodyAway: parts.contains(.everybodyAway) ? true : nil)
    }

    private mutating func number() throws -> UInt64 {
        try take(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func list(of count: Int) throws -> [Double] {
        try (0..<count).map { _ in Double(bitPattern: try number()) }
    }

    private mutating func text() throws -> String {
        let length = try number()
        return String(decoding: try take(Int(min(length, UInt64(bytes.count) + 1))), as: UTF8.self)
    }

    private mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
        guard bytes.count >= count else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "A step of a session is cut off"))
        }
        defer { bytes = bytes.dropFirst(count) }
        return bytes.prefix(count)
    }
}
