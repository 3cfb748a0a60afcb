extension Migrations {
    /// 002: what was generated, and why each track was in it.
    ///
    /// `public_id` is the id that people see.
    static let playlists = """
        CREATE TABLE playlists (
            id INTEGER PRIMARY KEY,
            public_id TEXT NOT NULL UNIQUE,
            created_at INTEGER NOT NULL,
            speaker_name TEXT,
            vibe TEXT,
            understood TEXT,
            mode TEXT NOT NULL CHECK (mode IN ('familiar', 'balanced', 'discovery')),
            auto_play INTEGER NOT NULL CHECK (auto_play IN (0, 1))
        ) STRICT;
        CREATE INDEX playlists_by_speaker ON playlists (speaker_name);

        CREATE TABLE playlist_tracks (
            playlist_id INTEGER NOT NULL REFERENCES playlists (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            track_id INTEGER NOT NULL REFERENCES tracks (id) ON DELETE CASCADE,
            score REAL NOT NULL,
            reason_kind TEXT NOT NULL,
            reason TEXT NOT NULL,
            interest TEXT,
            PRIMARY KEY (playlist_id, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX playlist_tracks_by_track ON playlist_tracks (track_id);
        """
}
