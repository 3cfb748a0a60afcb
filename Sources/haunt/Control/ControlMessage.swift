import Household

/// What the daemon answers on the socket beside the store: one line of JSON.
///
/// A request is one line, too: the name of an operation, a space, and its input as JSON.
struct ControlResponse<Answer> {
    var data: Answer?
    var error: ErrorView?
}

extension ControlResponse: Encodable where Answer: Encodable {}
extension ControlResponse: Decodable where Answer: Decodable {}

/// Limits of the socket beside the store.
enum ControlLimits {
    /// Longest line either side reads, in bytes.
    static let lineBytes = 64 << 20
    /// How long a command waits for the daemon to accept its connection, in seconds.
    static let connectS: Int64 = 5
    /// Rows of a file that go to the house at once.
    static let batchRows = 2_000
}
