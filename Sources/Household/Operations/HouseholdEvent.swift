/// Something that happened in the house.
///
/// Front doors tell the world.
public enum HouseholdEvent: Sendable {
    /// A completed or partial listen was stored.
    case listenRecorded(ListenView)
    /// A skipped listen was stored.
    case listenSkipped(ListenView)
    /// A profile's taste is new.
    case tasteRebuilt(TasteBuildView)
    /// A list was made; `auto_play` says whether its speaker should play it.
    case playlistGenerated(PlaylistView)
    /// Input could not be taken.
    case rejected(RejectedView)
    /// A profile is new.
    case profileCreated(ProfileView)
    /// What a profile's topic says is new.
    case profileChanged(ProfileView)
    /// A profile is gone.
    case profileRemoved(name: String)
    /// What a speaker's topic says is new.
    case speakerChanged(SpeakerView)
    /// What had this level in topics is no speaker any more, but another name of one.
    case speakerRemoved(topic: String)
    /// The store could not be written, or can be again.
    case storeChanged(problem: String?)
}

/// Told of every event, in order, from the household's own thread.
public protocol HouseholdObserver: Sendable {
    /// Takes note; must neither block nor call back.
    func householdDid(_ event: HouseholdEvent)
}
