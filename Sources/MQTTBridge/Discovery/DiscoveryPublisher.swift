import Foundation
import Household
import Synchronization
import Wire

/// Announces Haunt, its profiles and its speakers to Home Assistant.
///
/// ## Concurrency model
/// The household reports events on its own queue, and the bridge reports the connection. Both only note the change in a
/// mutex and set a timer. One task, ``run(send:refresh:)``, encodes the announcements and sends those that are due.
final class DiscoveryPublisher: Sendable {
    /// What a device in Home Assistant stands for.
    private enum Subject: Hashable {
        case bridge
        case profile(String)
        case speaker(String)
    }

    private struct State {
        var schedule = DiscoverySchedule()
        /// Display names of the profiles, by name.
        var profiles: [String: String] = [:]
        /// Who shares each speaker, by topic level.
        var speakers: [String: [String]] = [:]
        /// The subjects whose announcements are outdated.
        var changed: Set<Subject> = [.bridge]
        /// The topics of each subject's announcements.
        var topics: [Subject: Set<String>] = [:]
        /// The topic level of the speaker that each of these topics announces.
        var levels: [String: String] = [:]
        /// When to publish the state of a speaker again, by topic level, in seconds of the uptime.
        var refreshes: [String: Double] = [:]
    }

    private let settings: DiscoverySettings
    private let devices: HauntDevices
    private let timer = DeadlineTimer()
    private let state = Mutex(State())

    init(_ settings: DiscoverySettings, topics: BridgeTopics) {
        self.settings = settings
        devices = HauntDevices(topics: topics)
    }

    /// The topic of Home Assistant's birth and will messages.
    var statusTopic: String { settings.statusTopic }

    /// A topic filter for all announcements of this Haunt, in either form.
    var filter: String { "\(settings.prefix)/+/\(devices.topics.node)/+/config" }

    /// Sends messages when they are due, until ``cancel()``.
    ///
    /// - Parameters:
    ///   - send: Publishes a message, retained.
    ///   - refresh: Publishes the state of a speaker, given by its topic level, again.
    func run(send: (DiscoverySchedule.Message) -> Void, refresh: (String) -> Void) async {
        for await _ in timer.ticks {
            var due: [DiscoverySchedule.Message] = []
            var levels: [String] = []
            change { state in
                write(&state)
                due = state.schedule.takeDue(at: DeadlineTimer.now)
                levels = takeRefreshes(&state, after: due)
            }
            for message in due { send(message) }
            for level in levels { refresh(level) }
        }
    }

    /// Ends ``run()``.
    func cancel() { timer.cancel() }

    /// Call when the broker is connected. It may have lost its retained messages.
    func connected() { change { $0.schedule.repeatAll(after: DiscoverySchedule.settleS, at: DeadlineTimer.now) } }

    /// Call when Home Assistant has started.
    func homeAssistantStarted() {
        change { $0.schedule.repeatAll(after: DiscoverySchedule.birthPauseS, at: DeadlineTimer.now) }
    }

    /// Compares a message that the broker retains on one of the topics with what should be there.
    func reconcile(retained payload: [UInt8], on topic: String) {
        change { state in
            write(&state)
            state.schedule.reconcile(retained: payload, on: topic, at: DeadlineTimer.now)
        }
    }

    /// Call when a profile was added, or may have another display name.
    func profileChanged(_ name: String, displayName: String) {
        change { state in
            let before = state.profiles.updateValue(displayName, forKey: name)
            if before != displayName { state.changed.insert(.profile(name)) }
            if before == nil { state.changed.formUnion(state.speakers.keys.map { .speaker($0) }) }
        }
    }

    /// Call when a profile was removed.
    func profileRemoved(_ name: String) {
        change { state in
            guard state.profiles.removeValue(forKey: name) != nil else { return }
            state.changed.formUnion(state.speakers.keys.map { .speaker($0) } + [.profile(name)])
        }
    }

    /// Call when a speaker was added or changed.
    func speakerChanged(_ level: String, sharedBy people: [String]) {
        change { if $0.speakers.updateValue(people, forKey: level) != people { $0.changed.insert(.speaker(level)) } }
    }

    /// Call when a speaker was removed.
    func speakerRemoved(_ level: String) {
        change { if $0.speakers.removeValue(forKey: level) != nil { $0.changed.insert(.speaker(level)) } }
    }

    private func change(_ body: (inout State) -> Void) {
        state.withLock { state in
            body(&state)
            guard state.changed.isEmpty else { return timer.set(-.infinity) }
            timer.set([state.schedule.nextDeadline, state.refreshes.values.min()].compactMap { $0 }.min())
        }
    }

    /// Removes and returns the speakers whose state is due to be published again, and schedules those whose announcement
    /// is sent now.
    ///
    /// Home Assistant has dropped a state that its options did not allow, such as the name of a new profile.
    private func takeRefreshes(_ state: inout State, after sent: [DiscoverySchedule.Message]) -> [String] {
        let now = DeadlineTimer.now
        let due = state.refreshes.filter { $0.value <= now }.keys.sorted()
        for level in due { state.refreshes[level] = nil }
        for message in sent {
            guard let level = state.levels[message.topic], state.speakers[level] != nil else { continue }
            state.refreshes[level] = now + DiscoverySchedule.settleS
        }
        return due
    }

    /// Encodes the announcements of all changed subjects.
    private func write(_ state: inout State) {
        for subject in state.changed {
            let messages = device(of: subject, state)?.messages(settings, devices.topics) ?? [:]
            let rank = subject == .bridge ? 0 : 1
            for gone in (state.topics[subject] ?? []).subtracting(messages.keys) {
                state.schedule.set(nil, on: gone, rank: rank, at: DeadlineTimer.now)
                state.levels[gone] = nil
            }
            for (topic, json) in messages {
                // Announcements have texts and whole numbers, which always encode.
                let payload = (try? WireJSON.encode(json)).map { [UInt8]($0) }
                state.schedule.set(payload, on: topic, rank: rank, at: DeadlineTimer.now)
                if case .speaker(let level) = subject { state.levels[topic] = level }
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
            state.speakers[level].map {
                devices.speaker(level, profiles: state.profiles.keys.sorted(), sharedBy: $0)
            }
        }
    }
}
