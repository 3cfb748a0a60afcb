/// Everything that can be asked of the house, by the one name that all front doors share.
public enum HouseholdOperation: String, CaseIterable, Sendable {
    case profileList = "profile/list"
    case profileShow = "profile/show"
    case profileAdd = "profile/add"
    case profileRemove = "profile/remove"
    case profileUpdate = "profile/update"
    case profileSpeakers = "profile/speakers"
    case profileToken = "profile/token"
    case tasteBuild = "taste/build"
    case tasteRefresh = "taste/refresh"
    case recommendGet = "recommend/get"
    case playlistGenerate = "playlist/generate"
    case playlistList = "playlist/list"
    case playlistShow = "playlist/show"
    case listenAdd = "listen/add"
    case listenList = "listen/list"
    case listenReassign = "listen/reassign"
    case listenRemove = "listen/remove"
    case listenUndo = "listen/undo"
    case listenImport = "listen/import"
    case catalogImport = "catalog/import"
    case feedbackAdd = "feedback/add"
    case feedbackRemove = "feedback/remove"
    case feedbackList = "feedback/list"
    case rejectedList = "rejected/list"
    case rejectedReplay = "rejected/replay"
    case rejectedDrop = "rejected/drop"
    case speakerList = "speaker/list"
    case speakerGuest = "speaker/guest"
    case speakerProfile = "speaker/profile"
    case speakerSettings = "speaker/settings"

    /// Whether it may change the store.
    public var writes: Bool {
        switch self {
        case .profileList, .profileShow, .recommendGet, .playlistList, .playlistShow, .listenList, .feedbackList,
            .rejectedList,
            .speakerList:
            false
        default: true
        }
    }
}
