import Foundation
import Household
import Synchronization
import Wire

/// Keeps Home Assistant told of Haunt, its profiles and its speakers.
///
/// ## Concurrency model
/// Told of events from the household's thread and of the connection from the bridge: both only note what changed behind
/// a lock, and set a timer. One task writes the announcements and sends what is due.
final class DiscoveryPublisher: Sendable {
    /// Something that has a device in Home Assistant.
    private enum Subject: Hashable {
        case bridge
        case profile(String)
        case speaker(String)
    }

    private struct State {
        var schedule = DiscoverySchedule()
        /// Display name by name.
        var profiles: [String: String] = [:]
        /// Levels in topics.
        var speakers: Set<String> = []
        /// What to write anew.
        var changed: Set<Subject> = [.bridge]
        /// Topics of the announcements of each.
        var topics: [Subject: Set<String>] = [:]
        /// When speakers are to say again how they are, by level.
        var refreshes: [String: Date] = [:]
    }

    private let settings: DiscoverySettings
    private let devices: HauntDevices
    private let timer = DeadlineTimer()
    private let state = Mutex(State())

    /// Creates a publisher.
    ///
    /// - Parameters:
    ///   - settings: In which form, and where.
    ///   - topics: Our own topics.
    init(_ settings: DiscoverySettings, topics: BridgeTopics) {
        self.settings = settings
        devices = HauntDevices(topics: topics)
    }

    /// Where Home Assistant says that it has come.
    var statusTopic: String { settings.statusTopic }

    /// Matches all of our own announcements, in either form.
    var filter: String { "\(settings.prefix)/+/\(devices.topics.node)/+/config" }

    /// Sends what is due, until cancelled.
    ///
    /// - Parameters:
    ///   - send: Publishes a message, retained.
    ///   - refresh: Publishes again how the speaker of a level is.
    func run(send: (DiscoverySchedule.Message) -> Void, refresh: (String) -> Void) async {
        for await _ in timer.ticks {
            var due: [DiscoverySchedule.Message] = []
            var levels: [String] = []
            change { state in
                write(&state)
                due = state.schedule.take(at: .now)
                levels = takeRefreshes(&state, after: due)
            }
            for message in due { send(message) }
            for level in levels { refresh(level) }
        }
    }

    /// Ends ``run()``.
    func cancel() { timer.cancel() }

    /// The broker is there, and may have forgotten everything.
    func connected() { change { $0.schedule.repeatAll(after: DiscoverySchedule.settleS, at: .now) } }

    /// Home Assistant has started or come back.
    func homeAssistantCame() { change { $0.schedule.repeatAll(after: DiscoverySchedule.birthPauseS, at: .now) } }

    /// The broker keeps something on one of our topics.
    func found(_ payload: [UInt8], on topic: String) {
        change { state in
            write(&state)
            state.schedule.found(payload, on: topic, at: .now)
        }
    }

    /// A profile is there, perhaps under another display name.
    func profileChanged(_ name: String, displayName: String) {
        change { state in
            let before = state.profiles.updateValue(displayName, forKey: name)
            if before != displayName { state.changed.insert(.profile(name)) }
            if before == nil { state.changed.formUnion(state.speakers.map { .speaker($0) }) }
        }
    }

    /// A profile is gone.
    func profileRemoved(_ name: String) {
        change { state in
            guard state.profiles.removeValue(forKey: name) != nil else { return }
            state.changed.formUnion(state.speakers.map { .speaker($0) } + [.profile(name)])
        }
    }

    /// A speaker is there.
    func speakerChanged(_ level: String) {
        change { if $0.speakers.insert(level).inserted { $0.changed.insert(.speaker(level)) } }
    }

    /// A speaker is gone.
    func speakerRemoved(_ level: String) {
        change { if $0.speakers.remove(level) != nil { $0.changed.insert(.speaker(level)) } }
    }

    private func change(_ body: (inout State) -> Void) {
        state.withLock { state in
            body(&state)
            let deadlines = [state.schedule.nextDeadline, state.refreshes.values.min()]
            timer.set(state.changed.isEmpty ? deadlines.compactMap { $0 }.min() : .distantPast)
        }
    }

    /// Takes out the speakers that are to say now how they are, and notes those whose announcement goes out.
    ///
    /// A state that Home Assistant was not told to expect, such as a new profile's name, it has thrown away.
    private func takeRefreshes(_ state: inout State, after sent: [DiscoverySchedule.Message]) -> [String] {
        let now = Date.now
        let due = state.refreshes.filter { $0.value <= now }.keys.sorted()
        for level in due { state.refreshes[level] = nil }
        let topics = Set(sent.map(\.topic))
        for level in state.speakers where state.topics[.speaker(level)]?.isDisjoint(with: topics) == false {
            state.refreshes[level] = now.addingTimeInterval(DiscoverySchedule.settleS)
        }
        return due
    }

    /// Writes the announcements of all that changed.
    private func write(_ state: inout State) {
        for subject in state.changed {
            let messages = device(of: subject, state)?.messages(settings, devices.topics) ?? [:]
            let rank = subject == .bridge ? 0 : 1
            for gone in (state.topics[subject] ?? []).subtracting(messages.keys) {
                state.schedule.set(nil, on: gone, rank: rank, at: .now)
            }
            for (topic, json) in messages {
                // Texts and whole numbers always encode.
                let payload = (try? WireJSON.encode(json)).map { [UInt8]($0) }
                state.schedule.set(payload, on: topic, rank: rank, at: .now)
            }
            state.topics[subject] = messages.isEmpty ? nil : Set(messages.keys)
        }
        state.changed = []
    }

    private func device(of subject: Subject, _ state: State) -> DiscoveryDevice? {
        switch subject {
        case .bridge: devices.bridge
        case .profile(let name): state.profiles[name].map { devices.profile(name, displayName: $0) }
        case .speaker(let level):
            state.speakers.contains(level) ? devices.speaker(level, profiles: state.profiles.keys.sorted()) : nil
        }
    }
}
