/// A secret that requests show; whoever prints it, or something that has it, gets dots.
public struct BearerToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let secret: [UInt8]

    /// Keeps a secret; nil when there is nothing to keep.
    public init?(_ text: String) {
        guard !text.isEmpty else { return nil }
        secret = Array(text.utf8)
    }

    /// Dots.
    public var description: String { "•••" }
    /// Dots.
    public var debugDescription: String { description }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// Compares in a time that tells nothing of where the two differ.
    func isSame(as shown: String) -> Bool {
        let shown = Array(shown.utf8)
        var difference = shown.count ^ secret.count
        for index in shown.indices { difference |= Int(shown[index] ^ secret[index % secret.count]) }
        return difference == 0
    }
}
