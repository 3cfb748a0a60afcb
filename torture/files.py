"""Files as users have them, made by structure: exports of several programs, catalogs, configurations and recordings."""
import csv
import io
import json

import players
from doors import moment
from grammar import ARTISTS, NUMBERS, TEXTS, TITLES

YEARS_S = (1_100_000_000, 1_790_000_000)


class Files:
    """Each maker returns bytes. In half of the files some values are odd, and damage is done to some files afterwards."""

    def __init__(self, rng, grammar):
        self.rng, self.grammar, self.words, self.share = rng, grammar, players.Words(rng), 0.0

    def make(self, what):
        """A file of one kind. Half of the files are as they should be, so that they are read to their end."""
        self.share = self.rng.choice([0, 0, 0.002, 0.1])
        data = getattr(self, what)()
        return data if self.share == 0 or self.rng.random() < 0.5 else self.grammar.damage(data)

    def listens(self):
        return self.rng.choice([self.csv_listens, self.spotify, self.spotify_extended, self.lastfm, self.listenbrainz])()

    def odd(self, value):
        """The value, or now and then one that hardly fits."""
        if self.rng.random() >= self.share:
            return value
        return self.rng.choice([self.rng.choice(TEXTS[:-1]), self.rng.choice(NUMBERS), None, [], True, "1e300", -1])

    def rows(self):
        return range(self.rng.choice([0, 1, 2, 20, 200]))

    def time_s(self):
        return self.rng.randrange(*YEARS_S)

    def text(self, rows, form):
        """JSON as a list, as lines, or as pages."""
        match form:
            case "lines": data = "\n".join(json.dumps(row) for row in rows)
            case "pages": data = json.dumps([{"track": list(rows)}])
            case _: data = json.dumps(list(rows), indent=self.rng.choice([None, 2]))
        return data.encode(errors="surrogatepass")

    def table(self, header, rows):
        """CSV in one of the ways in which programs write it."""
        rng, out = self.rng, io.StringIO()
        writer = csv.writer(out, delimiter=rng.choice(",,,;\t"), lineterminator=rng.choice(["\n", "\r\n"]),
                            quoting=rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
        if header:
            writer.writerow(header)
        writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
        mark = rng.choice([b"", b"", b"\xef\xbb\xbf"])
        return mark + out.getvalue().encode(rng.choice(["utf-8", "utf-8", "utf-16", "latin-1"]), errors="replace")

    def csv_listens(self):
        names = ["timestamp", "artist", "title", "album", "ms_played", "skipped", "speaker_name", "source", "unknown"]
        self.rng.shuffle(names)
        names = names[:self.rng.choice([9, 9, 6])]
        value = {
            "timestamp": lambda: moment(self.time_s()), "artist": lambda: self.rng.choice(ARTISTS),
            "title": lambda: self.rng.choice(TITLES), "ms_played": lambda: self.rng.randrange(400_000),
            "skipped": lambda: self.rng.choice(["true", "false", "0", "1", ""]),
            "speaker_name": lambda: f"media_player.s{self.rng.randrange(20)}"}
        return self.table(names if self.rng.random() < 0.9 else None,
                          [[self.odd(value.get(name, lambda: "x")()) for name in names] for _ in self.rows()])

    def spotify(self):
        return self.text(({"endTime": self.odd(moment(self.time_s())[:16].replace("T", " ")), "artistName": self.odd(self.rng.choice(ARTISTS)),
                           "trackName": self.odd(self.rng.choice(TITLES)), "msPlayed": self.odd(self.rng.randrange(400_000))}
                          for _ in self.rows()), "list")

    def spotify_extended(self):
        return self.text(({"ts": self.odd(moment(self.time_s())), "ms_played": self.odd(self.rng.randrange(400_000)),
                           "master_metadata_track_name": self.odd(self.rng.choice(TITLES)),
                           "master_metadata_album_artist_name": self.odd(self.rng.choice(ARTISTS)), "skipped": self.odd(False),
                           "spotify_track_uri": self.odd(f"spotify:track:{self.rng.randrange(999)}"), "offline": None}
                          for _ in self.rows()), "list")

    def lastfm(self):
        return self.text(({"name": self.odd(self.rng.choice(TITLES)), "artist": self.odd({"#text": self.rng.choice(ARTISTS)}),
                           "album": {"#text": ""}, "date": self.odd({"uts": str(self.time_s()), "#text": "01 Jan 2024, 10:00"})}
                          for _ in self.rows()), self.rng.choice(["pages", "list"]))

    def listenbrainz(self):
        return self.text(({"listened_at": self.odd(self.time_s()), "track_metadata": self.odd({
            "artist_name": self.odd(self.rng.choice(ARTISTS)), "track_name": self.odd(self.rng.choice(TITLES)),
            "additional_info": self.odd({"duration_ms": self.odd(200_000), "ms_played": self.odd(1_000)})})}
            for _ in self.rows()), self.rng.choice(["lines", "list"]))

    def catalog(self):
        names = ["artist", "title", "album", "duration_ms", "genres", "artist_genres", "year", "decade", "popularity",
                 "explicit", "uri", "danceability", "energy", "valence", "tempo", "loudness"]
        value = {"artist": lambda: self.rng.choice(ARTISTS), "title": lambda: self.rng.choice(TITLES),
                 "genres": lambda: self.rng.choice(["rock|pop", "jazz; bebop", "", "a|" * 200]), "decade": lambda: "1980s",
                 "year": lambda: self.rng.randrange(1900, 2030), "explicit": lambda: "true",
                 "uri": lambda: f"library://{self.rng.randrange(500)}"}
        rows = [{name: self.odd(value.get(name, self.rng.random)()) for name in names} for _ in self.rows()]
        if self.rng.random() < 0.5:
            return self.text(rows, self.rng.choice(["lines", "list"]))
        return self.table(names, [list(row.values()) for row in rows])

    def recording(self):
        """A trace as `mosquitto_sub -F %j` prints it."""
        lines, now_s = [], float(self.time_s())
        for _ in range(self.rng.choice([1, 20, 300])):
            now_s += self.rng.choice([0, 0.01, 1, 60, 4_000, -10])
            topic, payload = self.words.next()
            line = {"tst": self.odd(moment(now_s)), "topic": self.odd(topic), "qos": 1, "retain": self.odd(0),
                    "payload": self.odd(payload.decode(errors="replace"))}
            lines.append(json.dumps(line))
        return "\n".join(lines).encode(errors="surrogatepass")

    def configuration(self):
        """The documented file with every key switched on, and some values replaced."""
        lines, harm = [], self.share / 2
        for line in CONFIGURATION.splitlines():
            key, colon, _ = line.partition(": ")
            if colon and self.rng.random() < harm:
                words = ["[]", "{}", "~", "1e300", "-1", "true", "'", "*a", "&a b", "!!binary x", "a: b: c", "99999999999999999999", "|", "\0"]
                line = f"{key}: {self.rng.choice([*words, *TEXTS[:9]])}"
            if self.rng.random() >= harm / 4:
                lines.append(line)
        return "\n".join(lines).encode(errors="surrogatepass")


def documented(path):
    """The text of a configuration file with its commented keys switched on."""
    lines = []
    for line in path.read_text().splitlines():
        indent, mark, rest = line.partition("#")
        if not mark:
            lines.append(line)
        elif not indent.strip() and not rest.startswith((" ", "sources")):
            lines.append(indent + rest)
    return "\n".join(lines)


CONFIGURATION = documented(players.RECORDINGS.parent.parent.parent / "config/haunt.yaml") + "\n" + players.SOURCES
