/// A source of evidence of who is listening.
public enum EvidenceConfiguration: Equatable, Sendable {
    /// Home Assistant's statestream: entities of persons and of their rooms, and ids of users, each by profile.
    case homeAssistant(base: String, people: [String: String], rooms: [String: String], users: [String: String])
    /// ESPresense: ids of devices by profile. Farther than the distance, in metres, nobody is in a room.
    case espresense(base: String, devices: [String: String], maxDistanceM: Double)
    /// Any topic with JSON.
    case message(MessageEvidence)
}

/// A topic whose JSON says who was heard where, such as a voice recogniser's.
public struct MessageEvidence: Equatable, Sendable {
    /// Topic filter.
    public var topic: String
    /// Where the person stands.
    public var person: JSONPointer
    /// Where it stands how sure that is, 0 to 1; nil is not said.
    public var confidence: JSONPointer?
    /// Where the place stands; nil is the only one of ``places``.
    public var place: JSONPointer?
    /// Profile by what the message calls a person; without an entry a person is called as their profile.
    public var people: [String: String]
    /// Speaker by what the message calls a place; without an entry a place is a speaker or a room.
    public var places: [String: String]

    /// Creates one.
    public init(
        topic: String, person: JSONPointer, confidence: JSONPointer? = nil, place: JSONPointer? = nil,
        people: [String: String] = [:], places: [String: String] = [:]
    ) {
        self.topic = topic
        self.person = person
        self.confidence = confidence
        self.place = place
        self.people = people
        self.places = places
    }
}
