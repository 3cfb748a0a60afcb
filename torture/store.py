"""Reads the daemon's file itself, so that no answer of the daemon is needed to know what is stored."""
import contextlib
import os
import sqlite3


class Snapshot:
    """What is committed now. It writes nothing, and may be read while the daemon runs."""

    def __init__(self, path):
        self.path = path

    def _connect(self):
        # A stopped store is one file, beside which SQLite would make others to read it.
        how = "mode=ro" if os.path.exists(f"{self.path}-wal") else "immutable=1"
        return contextlib.closing(sqlite3.connect(f"file:{self.path}?{how}", uri=True, timeout=10))

    def _rows(self, *queries):
        with self._connect() as database:
            database.execute("BEGIN")
            return [database.execute(query).fetchall() for query in queries]

    def titles(self):
        """How often each title is stored."""
        return dict(self._rows("SELECT title, count(*) FROM listen_events GROUP BY title")[0])

    def listens(self):
        """Title, heard seconds, start in milliseconds, and outcome of each listen."""
        return self._rows("SELECT title, played_s, started_at, outcome FROM listen_events")[0]

    def count_elsewhere(self, speaker):
        """Number of listens on other speakers than this one."""
        return self._rows(f"SELECT count(*) FROM listen_events WHERE speaker_name <> '{speaker}'")[0][0][0]

    def stale(self):
        """Number of tastes that lack listens of an import."""
        return self._rows("SELECT total(is_stale) FROM taste_profiles")[0][0][0]

    def tastes(self, but=()):
        """Number of listens, and the bytes of all tastes apart from `version` and `built_at`, by profile."""
        last, names, heads, rows = self._rows(
            "SELECT count(*), max(id), total(profile_id) FROM listen_events",
            "SELECT t.id, p.name FROM taste_profiles t JOIN profiles p ON p.id = t.profile_id",
            "SELECT * FROM taste_profiles ORDER BY id",
            "SELECT * FROM taste_tracks ORDER BY taste_id, track_id")
        columns = self._columns("taste_profiles")
        kept = [n for n, name in enumerate(columns) if name not in ("version", "built_at")]
        tastes = {name: [] for _, name in names}
        by_id = dict(names)
        for row in heads:
            tastes[by_id[row[columns.index("id")]]].append(tuple(row[n] for n in kept))
        for row in rows:
            tastes[by_id[row[0]]].append(row)
        return last[0], {name: rows for name, rows in tastes.items() if name not in but}

    def _columns(self, table):
        return [row[1] for row in self._rows(f"PRAGMA table_info({table})")[0]]

    def check(self):
        """What SQLite says of the file."""
        return self._rows("PRAGMA integrity_check")[0][0][0]
