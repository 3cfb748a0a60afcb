extension Migrations {
    /// 004: speakers, what they were playing, input that could not be taken, and a catalog to begin with.
    ///
    /// Ids of rejected listens never come again, because people name them to replay or drop them.
    static let speakersAndRejected = """
        CREATE TABLE speakers (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            topic TEXT NOT NULL UNIQUE,
            is_guest INTEGER NOT NULL CHECK (is_guest IN (0, 1)),
            guest_playlist_id INTEGER REFERENCES playlists (id) ON DELETE SET NULL
        ) STRICT;

        CREATE TABLE tracker_checkpoint (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            checkpoint BLOB NOT NULL
        ) STRICT;

        CREATE TABLE rejected_listens (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            received_at INTEGER NOT NULL,
            door TEXT NOT NULL,
            payload TEXT NOT NULL,
            code TEXT NOT NULL,
            message TEXT NOT NULL,
            field TEXT
        ) STRICT;

        ALTER TABLE tracks ADD COLUMN is_demo INTEGER NOT NULL DEFAULT 0 CHECK (is_demo IN (0, 1));
        CREATE INDEX tracks_of_demo ON tracks (id) WHERE is_demo;
        """
}
