extension Migrations {
    /// 003: several people, each with a name, a taste and speakers.
    ///
    /// Listens from before stay nobody's, which counts as `default`; the taste that they made becomes that of
    /// `default`. A taste of any other name gets a profile of that name, so that none is lost. `taste_profiles` is
    /// built anew because SQLite cannot drop a unique column: https://www.sqlite.org/lang_altertable.html#otheralter
    ///
    /// `listen_events_by_profile` has all that a taste is counted from, in order, so that counting never reads a row.
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
}
