// Migrations from 005 on. The SQL of a released migration never changes; its comments may.
extension Migrations {
    /// 005: corrections that can be undone, feedback, and tokens of profiles.
    ///
    /// A correction keeps a copy of every listen that it changed. `corrected_listens_by_listen` finds the later
    /// correction of the same listen, and the ids of removed listens, which are not reused. Feedback and tokens have no
    /// foreign key to their profile, so that they survive its removal and are valid again when it is undone. Ids of
    /// profiles are never reused.
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

    /// 006: default length and mode of a speaker's playlists.
    static let speakerLists = """
        ALTER TABLE speakers ADD COLUMN total_tracks INTEGER CHECK (total_tracks >= 1);
        ALTER TABLE speakers ADD COLUMN mode TEXT;
        """

    /// 007: the first play of each track of a taste, which tells a taste what is new to it.
    ///
    /// The value comes from the plays that the taste counts: those of its profile (NULL for `default`) of which 30 s or
    /// more were heard, or of which the heard time is unknown.
    static let firstPlays = """
        ALTER TABLE taste_tracks ADD COLUMN first_played_at INTEGER NOT NULL DEFAULT 0;
        UPDATE taste_tracks SET first_played_at = coalesce((
            SELECT min(started_at) FROM listen_events
            WHERE listen_events.track_id = taste_tracks.track_id AND (played_s IS NULL OR played_s >= 30)
                AND listen_events.profile_id IS (
                    SELECT CASE WHEN profiles.name <> 'default' THEN profiles.id END
                    FROM taste_profiles JOIN profiles ON profiles.id = taste_profiles.profile_id
                    WHERE taste_profiles.id = taste_tracks.taste_id)
        ), last_played_at);
        """

    /// 008: every taste is rebuilt, because what counts for one changed: 007 counted plays that were not completed, and
    /// the ways to forget are more than before.
    /// A profile with listens and no taste gets one that is stale.
    static let rebuiltTastes = """
        UPDATE taste_profiles SET is_stale = 1;
        INSERT INTO taste_profiles (profile_id, is_stale)
            SELECT id, 1 FROM profiles WHERE id NOT IN (SELECT profile_id FROM taste_profiles) AND EXISTS (
                SELECT 1 FROM listen_events WHERE profile_id IS CASE WHEN name <> 'default' THEN profiles.id END);
        """

    /// 009: what is remembered of removed listens and removed profiles, and speakers that somebody gave to nobody.
    ///
    /// The hashes are salted. The columns `correction_id` and `listen_id` forget a listen when its removal is undone.
    static let decisions = """
        CREATE TABLE store_salt (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            salt BLOB NOT NULL
        ) STRICT;
        INSERT INTO store_salt (id, salt) VALUES (1, randomblob(32));

        CREATE TABLE removed_listens (
            id INTEGER PRIMARY KEY,
            correction_id INTEGER REFERENCES corrections (id) ON DELETE SET NULL,
            listen_id INTEGER NOT NULL,
            event_hash INTEGER NOT NULL,
            span_hash INTEGER NOT NULL,
            start_ms INTEGER NOT NULL,
            speaker_hash INTEGER,
            owner_hash INTEGER,
            is_to_the_minute INTEGER NOT NULL CHECK (is_to_the_minute IN (0, 1))
        ) STRICT;
        CREATE INDEX removed_listens_by_event ON removed_listens (event_hash);
        CREATE INDEX removed_listens_by_span ON removed_listens (span_hash);
        CREATE INDEX removed_listens_by_correction ON removed_listens (correction_id);

        CREATE TABLE removed_profile_names (
            name_hash INTEGER PRIMARY KEY
        ) STRICT;

        ALTER TABLE speakers ADD COLUMN is_nobodys INTEGER NOT NULL DEFAULT 0 CHECK (is_nobodys IN (0, 1));
        """

    /// 010: speakers that several profiles share, their sessions, and what was believed of who heard a listen.
    ///
    /// A row of `shared_speakers` without people says that somebody decided against sharing. The column `rule` of
    /// `listen_events` has a constraint that SQLite cannot drop, so the rules of shared speakers have a column of their
    /// own; `rule` is `default` beside them. `likely` is JSON. A listen whose `listener_rule` is `likeness` and that has
    /// no session waits to be judged.
    static let sharedSpeakers = """
        CREATE TABLE shared_speakers (
            speaker_name TEXT PRIMARY KEY,
            is_everybodys INTEGER NOT NULL CHECK (is_everybodys IN (0, 1))
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE shared_speaker_profiles (
            speaker_name TEXT NOT NULL REFERENCES shared_speakers (speaker_name) ON DELETE CASCADE,
            profile_id INTEGER NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
            PRIMARY KEY (speaker_name, profile_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX shared_speaker_profiles_by_profile ON shared_speaker_profiles (profile_id);

        CREATE TABLE listener_sessions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            speaker_name TEXT NOT NULL,
            began_at INTEGER NOT NULL,
            ended_at INTEGER NOT NULL,
            strangeness REAL,
            state TEXT
        ) STRICT;
        CREATE INDEX listener_sessions_by_speaker ON listener_sessions (speaker_name, began_at);
        CREATE INDEX listener_sessions_judged ON listener_sessions (began_at, strangeness);
        CREATE INDEX listener_sessions_open ON listener_sessions (id) WHERE state IS NOT NULL;

        ALTER TABLE listen_events ADD COLUMN listener_rule TEXT;
        ALTER TABLE listen_events ADD COLUMN session_id INTEGER;
        ALTER TABLE listen_events ADD COLUMN confidence REAL;
        ALTER TABLE listen_events ADD COLUMN likely TEXT;
        ALTER TABLE listen_events ADD COLUMN is_strange INTEGER NOT NULL DEFAULT 0 CHECK (is_strange IN (0, 1));
        CREATE INDEX listen_events_by_session ON listen_events (session_id) WHERE session_id IS NOT NULL;
        CREATE INDEX listen_events_waiting ON listen_events (started_at)
            WHERE listener_rule = 'likeness' AND session_id IS NULL;
        CREATE INDEX listen_events_strange ON listen_events (started_at, track_id) WHERE is_strange;

        ALTER TABLE corrected_listens ADD COLUMN listener_rule TEXT;
        ALTER TABLE corrected_listens ADD COLUMN session_id INTEGER;
        ALTER TABLE corrected_listens ADD COLUMN confidence REAL;
        ALTER TABLE corrected_listens ADD COLUMN likely TEXT;
        ALTER TABLE corrected_listens ADD COLUMN is_strange INTEGER NOT NULL DEFAULT 0;
        """

    /// 011: what a person should know of a playlist, one note a line.
    static let playlistNotes = "ALTER TABLE playlists ADD COLUMN notes TEXT NOT NULL DEFAULT '';"

    /// 012: libraries, and the addresses of tracks in them, in place of one address of each track.
    ///
    /// `generation` is the number of the reading that found an address last. `next_track_id` is the track that has the
    /// address as soon as that reading ends. The library `files` has the addresses of catalog files and listens. A list
    /// keeps the addresses that were sent. `vector` is little-endian, 32 bits a coordinate.
    static let libraries = """
        CREATE TABLE libraries (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            revision TEXT,
            synced_at INTEGER,
            tracks INTEGER NOT NULL DEFAULT 0,
            generation INTEGER NOT NULL DEFAULT 0,
            problem TEXT,
            needs_confirmation INTEGER NOT NULL DEFAULT 0 CHECK (needs_confirmation IN (0, 1)),
            reading_revision TEXT,
            reading_position TEXT,
            reading_tracks_before INTEGER NOT NULL DEFAULT 0,
            reading_read INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        INSERT INTO libraries (id, name) VALUES (1, 'files');

        CREATE TABLE addresses (
            uri TEXT NOT NULL,
            library_id INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
            track_id INTEGER NOT NULL REFERENCES tracks (id) ON DELETE CASCADE,
            next_track_id INTEGER REFERENCES tracks (id) ON DELETE SET NULL,
            generation INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (uri, library_id)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO addresses (uri, library_id, track_id) SELECT uri, 1, id FROM tracks WHERE uri IS NOT NULL;
        CREATE INDEX addresses_by_track ON addresses (track_id, library_id, generation);
        CREATE INDEX addresses_by_library ON addresses (library_id, generation);
        CREATE INDEX addresses_to_move ON addresses (next_track_id, library_id, generation)
            WHERE next_track_id IS NOT NULL;

        ALTER TABLE playlist_tracks ADD COLUMN uri TEXT;
        ALTER TABLE playlist_tracks ADD COLUMN uris TEXT;
        UPDATE playlist_tracks SET uri = (SELECT uri FROM tracks WHERE tracks.id = track_id);
        DROP INDEX tracks_by_uri;
        ALTER TABLE tracks DROP COLUMN uri;

        CREATE TABLE track_sounds (
            id INTEGER PRIMARY KEY,
            track_id INTEGER NOT NULL REFERENCES tracks (id) ON DELETE CASCADE,
            space TEXT NOT NULL,
            vector BLOB NOT NULL,
            UNIQUE (track_id, space)
        ) STRICT;
        """

    /// 013: lists for several people, by names with commas. `list_rule` stands in place of `rule`, which has a constraint
    /// that SQLite cannot drop.
    static let listsForSeveral = """
        ALTER TABLE playlists ADD COLUMN profile_names TEXT;
        ALTER TABLE playlists ADD COLUMN list_rule TEXT;
        ALTER TABLE playlist_tracks ADD COLUMN listeners TEXT;
        """

    /// 014: which profile a user of Home Assistant is.
    static let visitors = """
        CREATE TABLE visitors (
            user_id TEXT NOT NULL PRIMARY KEY,
            profile_id INTEGER NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
            set_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX visitors_by_profile ON visitors (profile_id);
        """

    /// 015: the speakers that a removed profile shared, and guest mode that ends with the session.
    static let sharingsAndGuests = """
        CREATE TABLE removed_sharings (
            correction_id INTEGER NOT NULL REFERENCES removed_profiles (correction_id) ON DELETE CASCADE,
            speaker_name TEXT NOT NULL,
            PRIMARY KEY (correction_id, speaker_name)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX removed_sharings_by_speaker ON removed_sharings (speaker_name);

        ALTER TABLE speakers ADD COLUMN is_guest_for_session INTEGER NOT NULL DEFAULT 0
            CHECK (is_guest_for_session IN (0, 1));
        """

    /// 016: whether a playlist was ranked by sound, too: `used`, `away` or `none`.
    static let soundOfLists = "ALTER TABLE playlists ADD COLUMN sound TEXT NOT NULL DEFAULT 'none';"
}
