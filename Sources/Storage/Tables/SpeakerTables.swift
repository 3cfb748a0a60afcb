import Foundation
import GRDB
import Household

// The tables `speakers`, `speaker_profile_mappings` and `tracker_checkpoint`.
extension StoreTransaction {
    func speakers() throws -> [Speaker] {
        let sql = """
            SELECT name, topic, is_guest, public_id, total_tracks, speakers.mode, is_nobodys,
                is_guest_for_session
            FROM speakers LEFT JOIN playlists ON playlists.id = guest_playlist_id ORDER BY name
            """
        return try Array(
            rows(sql).map {
                Speaker(
                    name: $0["name"], topic: $0["topic"], isGuest: $0["is_guest"], guestPlaylistID: $0["public_id"],
                    totalTracks: $0["total_tracks"],
                    mode: $0.optionalChoice("mode"), isNobodys: $0["is_nobodys"],
                    isGuestForSession: $0["is_guest_for_session"])
            })
    }

    func speakerMappings() throws -> [String: Profile.ID] {
        let rows = try rows("SELECT speaker_name, profile_id FROM speaker_profile_mappings")
        return try rows.reduce(into: [:]) { $0[$1["speaker_name"] as String] = $1["profile_id"] as Profile.ID }
    }

    func checkpoint() throws -> Data? { try row("SELECT checkpoint FROM tracker_checkpoint").map { $0[0] } }
}

extension StoreTransaction {
    func saveSpeaker(_ speaker: Speaker) throws {
        try execute(
            """
            INSERT INTO speakers (name, topic, is_guest, guest_playlist_id, total_tracks, mode, is_nobodys,
                is_guest_for_session)
            VALUES (?, ?, ?, (SELECT id FROM playlists WHERE public_id = ?), ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
                topic = excluded.topic, is_guest = excluded.is_guest, guest_playlist_id = excluded.guest_playlist_id,
                total_tracks = excluded.total_tracks, mode = excluded.mode, is_nobodys = excluded.is_nobodys,
                is_guest_for_session = excluded.is_guest_for_session
            """,
            [
                speaker.name, speaker.topic, speaker.isGuest, speaker.guestPlaylistID, speaker.totalTracks,
                speaker.mode?.word, speaker.isNobodys, speaker.isGuestForSession,
            ])
    }

    func deleteSpeaker(_ name: String) throws {
        try execute("DELETE FROM speaker_profile_mappings WHERE speaker_name = ?", [name])
        try execute("DELETE FROM shared_speakers WHERE speaker_name = ?", [name])
        try execute("DELETE FROM speakers WHERE name = ?", [name])
    }

    func mapSpeaker(_ name: String, toProfile id: Profile.ID?) throws {
        try execute("UPDATE speakers SET is_nobodys = ? WHERE name = ?", [id == nil, name])
        guard let id else {
            return try execute("DELETE FROM speaker_profile_mappings WHERE speaker_name = ?", [name])
        }
        try execute(
            """
            INSERT INTO speaker_profile_mappings (speaker_name, profile_id) VALUES (?, ?)
            ON CONFLICT (speaker_name) DO UPDATE SET profile_id = excluded.profile_id
            """, [name, id])
    }

    func saveCheckpoint(_ checkpoint: Data) throws {
        try execute(
            """
            INSERT INTO tracker_checkpoint (id, checkpoint) VALUES (1, ?)
            ON CONFLICT (id) DO UPDATE SET checkpoint = excluded.checkpoint
            """, [checkpoint])
    }
}
