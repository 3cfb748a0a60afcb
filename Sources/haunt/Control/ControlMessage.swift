import Household

/// What a command says to the daemon: one line of JSON.
struct ControlRequest: Codable {
    var operation: String
    var input: JSONValue
}

/// What the daemon answers: one line of JSON.
struct ControlResponse: Codable {
    var data: JSONValue?
    var error: ErrorView?
}

/// Limits of the socket beside the store.
enum ControlLimits {
    /// Longest line either side reads, in bytes.
    static let lineBytes = 64 << 20
    /// How long a command waits for the daemon to take its call, in seconds.
    static let connectS: Int64 = 5
    /// Rows of a file that go to the house at once.
    static let batchRows = 2_000
}
