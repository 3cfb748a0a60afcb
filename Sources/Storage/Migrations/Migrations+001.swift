extension Migrations {
    /// 001: a catalog, what was heard of it, and the one taste that this makes.
    ///
    /// Times are milliseconds since 1970. A listen keeps its names as they were heard, whatever track they were found
    /// to be. `listen_events_by_track` finds the same listen told twice, and the plays of a track that is counted
    /// again.
    static let singleTaste = """
        CREATE TABLE tracks (
            id INTEGER PRIMARY KEY,
            artist_key TEXT NOT NULL,
            title_key TEXT NOT NULL,
            artist TEXT,
            title TEXT NOT NULL,
            album TEXT,
            uri TEXT,
            duration_s REAL,
            genres TEXT,
            artist_genres TEXT,
            year INTEGER,
            popularity REAL,
            is_explicit INTEGER CHECK (is_explicit IN (0, 1)),
            danceability REAL,
            energy REAL,
            valence REAL,
            tempo REAL,
            acousticness REAL,
            instrumentalness REAL,
            speechiness REAL,
            loudness REAL,
            UNIQUE (artist_key, title_key)
        ) STRICT;
        CREATE UNIQUE INDEX tracks_by_uri ON tracks (uri) WHERE uri IS NOT NULL;

        CREATE TABLE listen_events (
            id INTEGER PRIMARY KEY,
            event_id TEXT NOT NULL UNIQUE,
            track_id INTEGER NOT NULL REFERENCES tracks (id),
            title TEXT,
            artist TEXT,
            album TEXT,
            uri TEXT,
            duration_s REAL,
            started_at INTEGER NOT NULL,
            played_s REAL,
            outcome TEXT NOT NULL CHECK (outcome IN ('completed', 'partial', 'skipped')),
            speaker_name TEXT,
            source TEXT NOT NULL
        ) STRICT;
        CREATE INDEX listen_events_by_time ON listen_events (started_at);
        CREATE INDEX listen_events_by_track ON listen_events (track_id, started_at);

        CREATE TABLE taste_profiles (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            version INTEGER NOT NULL DEFAULT 0,
            built_at INTEGER,
            is_stale INTEGER NOT NULL DEFAULT 0 CHECK (is_stale IN (0, 1)),
            kernels TEXT
        ) STRICT;

        CREATE TABLE taste_tracks (
            taste_id INTEGER NOT NULL REFERENCES taste_profiles (id) ON DELETE CASCADE,
            track_id INTEGER NOT NULL REFERENCES tracks (id),
            last_played_at INTEGER NOT NULL,
            plays_1d REAL NOT NULL,
            plays_4d REAL NOT NULL,
            plays_16d REAL NOT NULL,
            plays_64d REAL NOT NULL,
            plays_256d REAL NOT NULL,
            plays_1024d REAL NOT NULL,
            plays REAL NOT NULL,
            PRIMARY KEY (taste_id, track_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX taste_tracks_by_track ON taste_tracks (track_id);
        """
}
