import Household
import Libraries

/// How the program connects to a library.
enum LibraryConnection {
    /// Makes the connector of a library, with the secret that its file has now.
    ///
    /// - Throws: ``LibraryProblem``.
    static func connector(of library: LibrarySettings) throws -> any LibraryConnector {
        try makeConnector(library.readingSecret())
    }

    /// Makes the search by sound of a library, with the secret that its file has now.
    ///
    /// - Throws: ``LibraryProblem``.
    static func sound(of library: LibrarySettings) throws -> any SoundSearching {
        try AudioMuseSearch(library.readingSecret())
    }
}
