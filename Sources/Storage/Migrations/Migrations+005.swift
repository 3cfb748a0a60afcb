extension Migrations {
    /// 005: corrections that can be undone, what people said of tracks, and tokens of profiles.
    ///
    /// A correction keeps every listen that it touched as it was before. `corrected_listens_by_listen` finds the later
    /// correction of the same listen, and keeps the ids of removed listens from being given to others. Feedback and
    /// tokens name a profile without a reference, so that they are there again when its removal is undone; ids of
    /// profiles never come again.
    static let correctionsAndFeedback = """
        CREATE TABLE corrections (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            undo_id TEXT NOT NULL UNIQUE,
            made_at INTEGER NOT NULL,
            undone_at INTEGER
        ) STRICT;
        CREATE INDEX corrections_by_time ON corrections (made_at);

        CREATE TABLE corrected_listens (
            correction_id INTEGER NOT NULL REFERENCES corrections (id) ON DELETE CASCADE,
            id INTEGER NOT NULL,
            event_id TEXT NOT NULL,
            track_id INTEGER NOT NULL REFERENCES tracks (id),
            title TEXT,
            artist TEXT,
            album TEXT,
            uri TEXT,
            duration_s REAL,
            started_at INTEGER NOT NULL,
            played_s REAL,
            outcome TEXT NOT NULL,
            speaker_name TEXT,
            source TEXT NOT NULL,
            profile_id INTEGER,
            rule TEXT NOT NULL,
            PRIMARY KEY (correction_id, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX corrected_listens_by_listen ON corrected_listens (id);
        CREATE INDEX corrected_listens_by_track ON corrected_listens (track_id);

        CREATE TABLE removed_profiles (
            correction_id INTEGER PRIMARY KEY REFERENCES corrections (id) ON DELETE CASCADE,
            id INTEGER NOT NULL UNIQUE,
            name TEXT NOT NULL,
            display_name TEXT NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE removed_mappings (
            correction_id INTEGER NOT NULL REFERENCES removed_profiles (correction_id) ON DELETE CASCADE,
            speaker_name TEXT NOT NULL,
            PRIMARY KEY (correction_id, speaker_name)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE feedback (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            profile_id INTEGER NOT NULL,
            track_id INTEGER NOT NULL REFERENCES tracks (id),
            verdict TEXT NOT NULL CHECK (verdict IN ('like', 'dislike', 'ban_track', 'ban_artist', 'snooze')),
            given_at INTEGER NOT NULL,
            speaker_name TEXT,
            UNIQUE (profile_id, track_id, verdict)
        ) STRICT;
        CREATE INDEX feedback_by_profile ON feedback (profile_id, given_at, id, verdict, track_id);
        CREATE INDEX feedback_by_track ON feedback (track_id);

        CREATE TABLE profile_tokens (
            profile_id INTEGER PRIMARY KEY,
            hash BLOB NOT NULL UNIQUE,
            created_at INTEGER NOT NULL
        ) STRICT;
        """
}
