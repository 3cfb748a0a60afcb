import Foundation

/// A profile's own token: a secret that hands in listens for it.
struct ProfileToken {
    private static let byteCount = 32

    /// What its owner keeps.
    let text: String

    /// Reads what somebody shows.
    init(_ text: String) { self.text = text }

    /// Makes a token that nobody can guess.
    static func random() -> ProfileToken {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let text = Data(bytes).base64EncodedString()
        return ProfileToken(
            text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: ""))
    }

    /// What is kept of it.
    var hash: Data { Data(SHA256.hash(text.utf8)) }

    /// Whether it is the one that a hash was kept of, in a time that says nothing of where they differ.
    func matches(_ kept: Data) -> Bool {
        let hash = hash
        return hash.count == kept.count && zip(hash, kept).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
