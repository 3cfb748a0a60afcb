/// What speakers do now, who is listening, and how the daemon is, in JSON.
public struct HouseholdState: Encodable, Sendable {
    /// All speakers, by name.
    public var speakers: [SpeakerView]
    /// Who is listening at each shared one.
    public var listeners: [ListenerView]
    /// As the health topic has it.
    public var health: HealthView
}

extension Household {
    /// Tells the state, and runs something at the same moment: what happens later is an event.
    public func state<Value: Sendable>(
        and body: @Sendable () throws -> Value
    ) rethrows -> (state: HouseholdState, value: Value) {
        let speakers = roster.speakers.values.filter { settings.aliases[$0.name] == nil }.sorted { $0.name < $1.name }
        let state = HouseholdState(
            speakers: speakers.map { view(of: $0) }, listeners: speakers.compactMap { listenerView(of: $0.name) },
            health: health)
        return (state, try body())
    }
}
