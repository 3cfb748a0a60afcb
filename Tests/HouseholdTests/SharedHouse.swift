import Foundation
import HauntTestSupport
import Household
import Wire

extension TestHouse {
    /// The speaker in the living room that Anna and Ben share.
    static let sharedSpeaker = "media_player.living_room"

    /// A house of Anna and Ben, who play much music of their own, with a shared speaker in the living room.
    ///
    /// - Parameters:
    ///   - store: The store of such a house, which is opened again; nil makes one.
    ///   - clock: The clock.
    ///   - demo: Tracks that come with the house, before anything is heard.
    /// - Returns: The house.
    /// - Throws: What the store throws.
    static func sharedByTwo(
        store: (any HouseholdStore)? = nil, clock: ManualClock = ManualClock(), demo: [TrackDetails] = []
    ) async throws -> TestHouse {
        var settings = HouseholdSettings()
        settings.shared = [sharedSpeaker: .profiles(["anna", "ben"])]
        settings.speakers = [sharedSpeaker: nil]
        settings.areas = [sharedSpeaker: "Living room"]
        let house = try TestHouse(settings: settings, store: store, clock: clock)
        guard store == nil else { return house }
        _ = try await house.household.perform(ImportCatalog(rows: demo, isDemo: true))
        for name in ["anna", "ben"] {
            let rows = (0..<200).map { number in
                ImportedListen(
                    startedAt: house.clock.now.addingTimeInterval(Double(number - 210) * 8_000),
                    artist: "\(name)'s \(number % 8)", title: "Song \(number % 16)", heardS: 180, durationS: 180)
            }
            _ = try await house.household.perform(ImportListens(profile: name, speaker: nil, rows: rows))
        }
        _ = try await house.household.perform(RefreshTastes())
        return house
    }

    /// The same house, opened again in the place of one that was killed.
    func openedAgain() async throws -> TestHouse { try await Self.sharedByTwo(store: store, clock: clock) }

    /// Plays a track of 180 s on the shared speaker.
    @discardableResult
    func playShared(_ artist: String, _ track: Int = 0) async throws -> ListenView? {
        clock.advance(180)
        return try await listen(
            #"{"title":"Song \#(track)","artist":"\#(artist)","duration_s":180,"played_s":180,"#
                + #""speaker_name":"\#(Self.sharedSpeaker)"}"#
        ).listen
    }

    /// Lets so much time pass that sessions end.
    func endSession() async {
        clock.advance(1_900)
        await household.advance()
    }

    /// The stored listens of the shared speaker, the oldest first.
    func sharedListens() throws -> [Listen] {
        try listens().filter { $0.event.speakerName == Self.sharedSpeaker }
    }
}
