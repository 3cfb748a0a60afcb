/// Something wrong with the configuration: where, what, and what to do.
struct ConfigurationProblem: Error, Equatable, CustomStringConvertible {
    /// Where it stands.
    let place: ConfigurationPlace
    /// The key that is to blame, as in `mqtt.keepalive_s`; empty when it is the whole file.
    let key: String
    /// What is wrong, and what to do.
    let message: String

    /// As in `config/haunt.yaml:12:5: mqtt.keepalive_s: must be a whole number, and is "often"`.
    var description: String { key.isEmpty ? "\(place): \(message)" : "\(place): \(key): \(message)" }
}
