PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('001');
INSERT INTO grdb_migrations VALUES('002');
INSERT INTO grdb_migrations VALUES('003');
INSERT INTO grdb_migrations VALUES('004');
INSERT INTO grdb_migrations VALUES('005');
INSERT INTO grdb_migrations VALUES('006');
INSERT INTO grdb_migrations VALUES('007');
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
            loudness REAL, is_demo INTEGER NOT NULL DEFAULT 0 CHECK (is_demo IN (0, 1)),
            UNIQUE (artist_key, title_key)
        ) STRICT;
INSERT INTO tracks VALUES(1,'nina simone','sinnerman','Nina Simone','Sinnerman',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO tracks VALUES(2,'nina simone','feeling good','Nina Simone','Feeling Good',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO tracks VALUES(3,'stan getz','desafinado','Stan Getz','Desafinado',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
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
        , profile_id INTEGER REFERENCES profiles (id), rule TEXT NOT NULL DEFAULT 'default'
            CHECK (rule IN ('payload', 'mapping', 'default'))) STRICT;
INSERT INTO listen_events VALUES(1,'e1',2,'t','a',NULL,NULL,NULL,1764000600000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(2,'e2',3,'t','a',NULL,NULL,NULL,1764001200000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(3,'e3',1,'t','a',NULL,NULL,NULL,1764001800000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(4,'e4',2,'t','a',NULL,NULL,NULL,1764002400000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(5,'e5',3,'t','a',NULL,NULL,NULL,1764003000000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(6,'e6',1,'t','a',NULL,NULL,NULL,1764003600000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(7,'e7',2,'t','a',NULL,NULL,NULL,1764004200000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(8,'e8',3,'t','a',NULL,NULL,NULL,1764004800000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(9,'e9',1,'t','a',NULL,NULL,NULL,1764005400000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(10,'e10',2,'t','a',NULL,NULL,NULL,1764006000000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(11,'e11',3,'t','a',NULL,NULL,NULL,1764006600000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(12,'e12',1,'t','a',NULL,NULL,NULL,1764007200000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(13,'e13',2,'t','a',NULL,NULL,NULL,1764007800000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(14,'e14',3,'t','a',NULL,NULL,NULL,1764008400000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(15,'e15',1,'t','a',NULL,NULL,NULL,1764009000000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(16,'e16',2,'t','a',NULL,NULL,NULL,1764009600000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(17,'e17',3,'t','a',NULL,NULL,NULL,1764010200000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(18,'e18',1,'t','a',NULL,NULL,NULL,1764010800000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(19,'e19',2,'t','a',NULL,NULL,NULL,1764011400000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(20,'e20',3,'t','a',NULL,NULL,NULL,1764012000000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(21,'e21',1,'t','a',NULL,NULL,NULL,1764012600000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(22,'e22',2,'t','a',NULL,NULL,NULL,1764013200000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(23,'e23',3,'t','a',NULL,NULL,NULL,1764013800000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(24,'e24',1,'t','a',NULL,NULL,NULL,1764014400000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(25,'e25',2,'t','a',NULL,NULL,NULL,1764015000000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(26,'e26',3,'t','a',NULL,NULL,NULL,1764015600000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(27,'e27',1,'t','a',NULL,NULL,NULL,1764016200000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(28,'e28',2,'t','a',NULL,NULL,NULL,1764016800000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(29,'e29',3,'t','a',NULL,NULL,NULL,1764017400000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
INSERT INTO listen_events VALUES(30,'e30',1,'t','a',NULL,NULL,NULL,1764018000000,200.0,'completed','media_player.attic','mqtt',2,'mapping');
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
            plays REAL NOT NULL, first_played_at INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (taste_id, track_id)
        ) STRICT, WITHOUT ROWID;
CREATE TABLE playlists (
            id INTEGER PRIMARY KEY,
            public_id TEXT NOT NULL UNIQUE,
            created_at INTEGER NOT NULL,
            speaker_name TEXT,
            vibe TEXT,
            understood TEXT,
            mode TEXT NOT NULL CHECK (mode IN ('familiar', 'balanced', 'discovery')),
            auto_play INTEGER NOT NULL CHECK (auto_play IN (0, 1))
        , profile_name TEXT, rule TEXT NOT NULL DEFAULT 'default'
            CHECK (rule IN ('payload', 'mapping', 'guest', 'default'))) STRICT;
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
CREATE TABLE profiles (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            display_name TEXT NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;
INSERT INTO profiles VALUES(1,'default','Default',1795799171000);
INSERT INTO profiles VALUES(2,'older','Older',1764000000000);
CREATE TABLE speaker_profile_mappings (
            id INTEGER PRIMARY KEY,
            speaker_name TEXT NOT NULL UNIQUE,
            profile_id INTEGER NOT NULL REFERENCES profiles (id) ON DELETE CASCADE
        ) STRICT;
INSERT INTO speaker_profile_mappings VALUES(1,'media_player.attic',2);
CREATE TABLE IF NOT EXISTS "taste_profiles" (
            id INTEGER PRIMARY KEY,
            profile_id INTEGER NOT NULL UNIQUE REFERENCES profiles (id) ON DELETE CASCADE,
            version INTEGER NOT NULL DEFAULT 0,
            built_at INTEGER,
            is_stale INTEGER NOT NULL DEFAULT 0 CHECK (is_stale IN (0, 1)),
            kernels TEXT
        ) STRICT;
CREATE TABLE speakers (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            topic TEXT NOT NULL UNIQUE,
            is_guest INTEGER NOT NULL CHECK (is_guest IN (0, 1)),
            guest_playlist_id INTEGER REFERENCES playlists (id) ON DELETE SET NULL
        , total_tracks INTEGER CHECK (total_tracks >= 1), mode TEXT) STRICT;
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
CREATE TABLE corrections (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            undo_id TEXT NOT NULL UNIQUE,
            made_at INTEGER NOT NULL,
            undone_at INTEGER
        ) STRICT;
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
CREATE TABLE profile_tokens (
            profile_id INTEGER PRIMARY KEY,
            hash BLOB NOT NULL UNIQUE,
            created_at INTEGER NOT NULL
        ) STRICT;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('profiles',2);
CREATE UNIQUE INDEX tracks_by_uri ON tracks (uri) WHERE uri IS NOT NULL;
CREATE INDEX listen_events_by_time ON listen_events (started_at);
CREATE INDEX listen_events_by_track ON listen_events (track_id, started_at);
CREATE INDEX taste_tracks_by_track ON taste_tracks (track_id);
CREATE INDEX playlists_by_speaker ON playlists (speaker_name);
CREATE INDEX playlist_tracks_by_track ON playlist_tracks (track_id);
CREATE INDEX speaker_profile_mappings_by_profile ON speaker_profile_mappings (profile_id);
CREATE INDEX listen_events_by_profile
            ON listen_events (profile_id, started_at, id, track_id, played_s, outcome);
CREATE INDEX playlists_by_profile ON playlists (profile_name, created_at);
CREATE INDEX tracks_of_demo ON tracks (id) WHERE is_demo;
CREATE INDEX corrections_by_time ON corrections (made_at);
CREATE INDEX corrected_listens_by_listen ON corrected_listens (id);
CREATE INDEX corrected_listens_by_track ON corrected_listens (track_id);
CREATE INDEX feedback_by_profile ON feedback (profile_id, given_at, id, verdict, track_id);
CREATE INDEX feedback_by_track ON feedback (track_id);
COMMIT;
