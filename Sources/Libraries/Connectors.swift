public import Household

/// Makes the connector of a library.
///
/// - Throws: ``LibraryProblem`` when its settings cannot be used.
public func makeConnector(_ settings: LibrarySettings) throws -> any LibraryConnector {
    switch settings.kind {
    case .mpd: MPDConnector(settings)
    case .subsonic: try SubsonicConnector(settings)
    case .musicAssistant: try MusicAssistantConnector(settings)
    case .folder: FolderConnector(settings)
    case .audiomuse: try AudioMuseConnector(settings)
    }
}
