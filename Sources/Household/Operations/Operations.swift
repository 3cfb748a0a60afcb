/// Everything that can be asked of the house.
public enum Operations {
    /// All operations, in the order in which documentation lists them.
    public static let all: [any HouseholdOperation.Type] = [
        ListProfiles.self, ShowProfile.self, AddProfile.self, UpdateProfile.self, RemoveProfile.self,
        SetProfileSpeakers.self, MakeProfileToken.self, BuildTaste.self, ShowTaste.self,
        Recommend.self, ReadVibe.self, GeneratePlaylist.self, ListPlaylists.self, ShowPlaylist.self,
        AddListen.self, ListListens.self, ReassignListens.self, RemoveListens.self, UndoCorrection.self,
        AddFeedback.self, RemoveFeedback.self, ListFeedback.self,
        ListIgnored.self, ListRejected.self, ReplayRejected.self, DropRejected.self,
        ListSpeakers.self, RemoveSpeaker.self, SetGuestMode.self, SetSpeakerProfile.self, SetSpeakerSettings.self,
        SetSharing.self, GetListener.self, SetListener.self,
        ListLibraries.self, SyncLibrary.self,
        ImportListens.self, ImportCatalog.self, RefreshTastes.self, CheckHealth.self,
    ]

    private static let byName = Dictionary(all.map { ($0.signature.name, $0) }) { first, _ in first }

    /// Finds an operation.
    ///
    /// - Parameters:
    ///   - name: As in `profile/add`.
    ///   - door: The front door that asks.
    /// - Returns: The operation.
    /// - Throws: ``HouseholdError`` `not_found` with similar names, or `method_not_allowed` when it is not open to this
    ///   front door.
    public static func named(_ name: String, on door: FrontDoor) throws(HouseholdError) -> any HouseholdOperation.Type {
        guard let operation = byName[name] else {
            let names = all.filter { $0.isOpen(to: door) }.map { $0.signature.name }
            throw .unknown("There is no request", name, among: names)
        }
        guard operation.isOpen(to: door) else {
            let places = operation.signature.route == nil ? "the command line" : "HTTP or the command line"
            throw HouseholdError(.methodNotAllowed, "\(name) cannot be asked for over MQTT: use \(places)")
        }
        return operation
    }
}

extension HouseholdOperation {
    fileprivate static func isOpen(to door: FrontDoor) -> Bool {
        switch door {
        case .mqtt: signature.isOnMQTT
        case .http: signature.route != nil
        case .commandLine: true
        case .player: false
        }
    }
}
