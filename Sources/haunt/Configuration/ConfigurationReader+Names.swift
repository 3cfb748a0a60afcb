import Household
import MQTTClient

/// Names that must follow a rule of their own.
extension ConfigurationReader {
    /// Reads a topic that others are built on.
    func readBaseTopic(_ key: String, into topic: inout String) {
        var written: String?
        read(key, into: &written)
        guard let written else { return }
        guard let problem = Self.problem(withBaseTopic: written) else { return topic = written }
        add(problem, key: key)
    }

    /// Says whether a name can be a speaker's or an alias, and notes a problem if not.
    func checkSpeakerName(_ name: String, key: String) {
        if name.contains(where: { "+#".contains($0) }) {
            add("\"\(name.prefix(80))\" is no name: \"+\" and \"#\" are MQTT's wildcards", key: key)
        } else if name.utf8.count > ConfigurationLimits.nameBytes {
            add("is longer than \(ConfigurationLimits.nameBytes) bytes", key: key)
        }
    }

    /// Says whether a name can be a profile's, and notes a problem if not.
    func checkProfileName(_ name: String, key: String) {
        do { _ = try ProfileName.validated(name) } catch { add(error.message, key: key) }
    }

    /// Says whether a text can be subscribed to, player by player, and notes a problem if not.
    func checkFilter(_ text: String, key: String) {
        do {
            _ = try TopicFilter(text)
            if text.contains("#") {
                add("\"\(text)\" has a \"#\"; only \"+\" stands for a player's own level", key: key)
            }
        } catch {
            add(error.message, key: key)
        }
    }

    static func problem(withBaseTopic topic: String) -> String? {
        guard topic.utf8.count <= ConfigurationLimits.nameBytes else {
            return "is longer than \(ConfigurationLimits.nameBytes) bytes"
        }
        guard !topic.hasPrefix("$"), !topic.hasPrefix("/"), !topic.hasSuffix("/") else {
            return "\"\(topic)\" must not begin with \"$\" or \"/\", nor end with \"/\""
        }
        do { _ = try TopicName(topic) } catch { return error.message }
        return nil
    }
}
