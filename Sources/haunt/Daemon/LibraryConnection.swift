import Household
import Libraries

/// How the program connects to a library.
enum LibraryConnection {
    /// Makes the connector of a library, with the secret that its file has now.
    ///
    /// - Throws: ``LibraryProblem``.
    static func connector(of library: LibrarySettings) throws -> any LibraryConnector {
        let library = try library.readingSecret()
        throw LibraryProblem(.malformed, "Libraries of the kind \(library.kind.rawValue) are not built in yet")
    }
}
