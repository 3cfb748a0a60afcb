public import MQTTClient

/// How to understand players that nobody has written a dialect for: which value stands where, and in what form.
public struct GenericMapping: Equatable, Sendable {
    /// What can be known of a player.
    public enum Field: String, CaseIterable, Sendable {
        /// A part of the speaker's name, for `{speaker}` in ``GenericMapping/speaker``.
        case speaker
        case state, title, artist, album, uri, duration, position
        /// `music`, `announcement`, `advert` or `other`; music when nobody says.
        case kind
    }

    /// What a time is written in.
    public enum Unit: String, CaseIterable, Sendable {
        case seconds = "s"
        case milliseconds = "ms"
        case microseconds = "us"
        /// 100 nanoseconds.
        case ticks
        /// `H:MM:SS`.
        case clock = "h:mm:ss"

        /// Seconds of a value; nil when it is none.
        func seconds(_ text: String) -> Double? {
            guard self != .clock else { return ClockTime.seconds(text) }
            return Double(text).flatMap { $0.isFinite ? $0 / perSecond : nil }
        }

        private var perSecond: Double {
            switch self {
            case .seconds, .clock: 1
            case .milliseconds: 1_000
            case .microseconds: 1_000_000
            case .ticks: 10_000_000
            }
        }
    }

    /// Where a value stands, and how it is to be read.
    public struct Place: Equatable, Sendable {
        /// Topics; each `+` stands for a player's own level.
        public var topic: TopicFilter
        /// Where in a JSON payload; nil when the payload is the value.
        public var pointer: JSONPointer?
        /// What times are written in.
        public var unit = Unit.seconds
        /// Other words for the value's words.
        public var values: [String: String] = [:]
        /// What separates the parts of which the value is one.
        public var separator: String?
        /// Which part, from 1.
        public var part = 1
        /// How many parts there are; the last one has all the rest.
        ///
        /// A text with fewer is a title and nothing else.
        public var parts = 2

        /// Creates a place where the payload is the value.
        public init(topic: TopicFilter) { self.topic = topic }
    }

    /// The speaker's name: `{1}` is what the first `+` stands for, `{speaker}` the field of that name.
    public var speaker: String
    /// Where each value stands.
    public var fields: [Field: Place]
    /// Whether JSON has only what changed, so that what is missing is as it was.
    public var isPartial: Bool
    /// Where it says that the whole source is away; its words are `offline` and whatever `values` turns into that.
    public var availability: Place?

    /// Creates a mapping.
    public init(speaker: String, fields: [Field: Place], isPartial: Bool = false, availability: Place? = nil) {
        self.speaker = speaker
        self.fields = fields
        self.isPartial = isPartial
        self.availability = availability
    }
}
