import Household
import Synchronization

/// The topic level of each speaker, the command dialect of each, and which ones have an owner.
///
/// ## Concurrency model
/// The household reports speakers on its own queue, and the bridge reads them. All state is in one mutex.
final class SpeakerDirectory: Sendable {
    private struct State {
        var commands: [String: CommandDialect] = [:]
        var levels: [String: String] = [:]
        var known: Set<String> = []
        var owned: Set<String> = []
    }

    private let state = Mutex(State())

    /// Notes a speaker as the household reports it.
    func note(_ speaker: SpeakerView) {
        let isOwned = speaker.mapping != nil || speaker.guest
        state.withLock { state in
            state.levels[speaker.speakerName] = speaker.topic
            state.known.insert(speaker.speakerName)
            if isOwned { state.owned.insert(speaker.speakerName) } else { state.owned.remove(speaker.speakerName) }
        }
    }

    /// Forgets a speaker, given by its topic level.
    func remove(level: String) {
        state.withLock { state in
            for (name, _) in state.levels.filter({ $0.value == level }) {
                state.levels[name] = nil
                state.known.remove(name)
                state.owned.remove(name)
            }
        }
    }

    /// Sets the command dialects, by speaker name. The other speakers have ``CommandDialect/haunt``.
    func setCommandDialects(_ commands: [String: CommandDialect]) { state.withLock { $0.commands = commands } }

    func commandDialect(of speakerName: String) -> CommandDialect {
        state.withLock { $0.commands[speakerName] } ?? .haunt
    }

    /// The topic level of a speaker; nil when the household never reported it.
    func level(of speakerName: String) -> String? { state.withLock { $0.levels[speakerName] } }

    /// Names of the speakers that the household reported.
    var known: Set<String> { state.withLock { $0.known } }

    /// Names of the speakers with an owner, or in guest mode.
    var owned: Set<String> { state.withLock { $0.owned } }
}
