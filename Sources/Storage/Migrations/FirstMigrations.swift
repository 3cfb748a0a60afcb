// Migrations 001 to 004. The SQL of a released migration never changes; its comments may.
extension Migrations {
    /// 001: the catalog, listens and one taste.
    ///
    /// Times are milliseconds since 1970. A listen keeps artist, title and album as they were received, whichever track
    /// they were matched to. `listen_events_by_track` serves the search for duplicates and the recount of one track.
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

    /// 002: playlists, with the reason for each track.
    ///
    /// `public_id` is the id in the API.
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

    /// 003: profiles with a name, a taste and speakers.
    ///
    /// Existing listens keep NULL as their profile, which counts as `default`, and the existing taste becomes that of
    /// `default`. A taste with another name gets a profile of that name, so that none is lost. `taste_profiles` is
    /// copied to a new table because SQLite cannot drop a unique column:
    /// https://www.sqlite.org/lang_altertable.html#otheralter
    ///
    /// `listen_events_by_profile` covers the query that counts a taste and has its order, so that counting reads the
    /// index alone.
    static let namedProfiles = """
        CREATE TABLE profiles (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            display_name TEXT NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;
        INSERT INTO profiles (name, display_name, created_at)
            VALUES ('default', 'Default', CAST(strftime('%s', 'now') AS INTEGER) * 1000);
        INSERT INTO profiles (name, display_name, created_at)
            SELECT name, name, CAST(strftime('%s', 'now') AS INTEGER) * 1000
            FROM taste_profiles WHERE name <> 'default' ORDER BY id;

        CREATE TABLE speaker_profile_mappings (
            id INTEGER PRIMARY KEY,
            speaker_name TEXT NOT NULL UNIQUE,
            profile_id INTEGER NOT NULL REFERENCES profiles (id) ON DELETE CASCADE
        ) STRICT;
        CREATE INDEX speaker_profile_mappings_by_profile ON speaker_profile_mappings (profile_id);

        ALTER TABLE listen_events ADD COLUMN profile_id INTEGER REFERENCES profiles (id);
        ALTER TABLE listen_events ADD COLUMN rule TEXT NOT NULL DEFAULT 'default'
            CHECK (rule IN ('payload', 'mapping', 'default'));
        CREATE INDEX listen_events_by_profile
            ON listen_events (profile_id, started_at, id, track_id, played_s, outcome);

        CREATE TABLE new_taste_profiles (
            id INTEGER PRIMARY KEY,
            profile_id INTEGER NOT NULL UNIQUE REFERENCES profiles (id) ON DELETE CASCADE,
            version INTEGER NOT NULL DEFAULT 0,
            built_at INTEGER,
            is_stale INTEGER NOT NULL DEFAULT 0 CHECK (is_stale IN (0, 1)),
            kernels TEXT
        ) STRICT;
        INSERT INTO new_taste_profiles (id, profile_id, version, built_at, is_stale, kernels)
            SELECT taste.id, profiles.id, taste.version, taste.built_at, taste.is_stale, taste.kernels
            FROM taste_profiles AS taste JOIN profiles ON profiles.name = taste.name;
        DROP TABLE taste_profiles;
        ALTER TABLE new_taste_profiles RENAME TO taste_profiles;

        ALTER TABLE playlists ADD COLUMN profile_name TEXT;
        ALTER TABLE playlists ADD COLUMN rule TEXT NOT NULL DEFAULT 'default'
            CHECK (rule IN ('payload', 'mapping', 'guest', 'default'));
        UPDATE playlists SET profile_name = 'default';
        CREATE INDEX playlists_by_profile ON playlists (profile_name, created_at);
        """

    /// 004: speakers, the tracker's checkpoint, rejected listens, and a mark for tracks of the demo catalog.
    ///
    /// Ids of rejected listens are never reused, because people name them to replay or drop them.
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
