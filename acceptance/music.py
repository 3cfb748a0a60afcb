"""The music of the acceptance test: short tagged tones that MPD plays, and the catalog that names them."""

import csv
import pathlib
import subprocess

# path, seconds, tone in Hz, artist, album, title, genre, year. Some names break naive quoting and matching.
TRACKS = [
    ("Ada Tone/01 First Light.flac", 8, 220, "Ada Tone", "Sine Years", "First Light", "ambient", 1996),
    ("Ada Tone/02 Half a Mile.flac", 12, 247, "Ada Tone", "Sine Years", "Half a Mile", "ambient", 1996),
    ("Ada Tone/03 Long Way Home.flac", 20, 262, "Ada Tone", "Sine Years", "Long Way Home", "ambient", 1996),
    ("Bo Square/01 Edge.flac", 10, 294, "Bo Square", "Corners", "Edge", "techno", 2004),
    ("Bo Square/02 Right Angle.flac", 33, 330, "Bo Square", "Corners", "Right Angle", "techno", 2004),
    ("Bo Square/03 Four Walls.flac", 40, 349, "Bo Square", "Corners", "Four Walls", "techno", 2004),
    ("The Saws/01 Bite.flac", 15, 392, "The Saws", "Teeth", "Bite", "rock", 1978),
    ("The Saws/02 Ripper (Live).flac", 36, 440, "The Saws", "Teeth", "Ripper (Live)", "rock", 1978),
    ("Zoë Ångström/01 Ça m'a plu – 夜.flac", 14, 523, "Zoë Ångström", "Été", "Ça m'a \"plu\" – 夜", "chanson", 2019),
    ("Zoë Ångström/02 100% #1; ab & <c>.flac", 16, 587, "Zoë Ångström", "Été", "100% #1; a/b & <c>", "chanson", 2019),
]
# Outlasts a start of Home Assistant on a busy machine; not in the catalog, lest it be on a list that is played to its end.
EVENING = ("Ada Tone/04 Whole Evening.flac", 300, 277, "Ada Tone", "Sine Years", "Whole Evening", "ambient", 1996)
BY_TITLE = {title: path for path, _, _, _, _, title, _, _ in [*TRACKS, EVENING]}
BY_PATH = {path: title for title, path in BY_TITLE.items()}


def make(folder: pathlib.Path) -> None:
    """Write the audio files: 8 kHz mono FLAC, a few MB in all."""
    for path, seconds, tone, artist, album, title, genre, year in [*TRACKS, EVENING]:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        tags = folder / "tags"
        values = dict(ARTIST=artist, ALBUM=album, TITLE=title, GENRE=genre, DATE=year)
        tags.write_text("".join(f"{key}={value}\n" for key, value in values.items()), encoding="utf-8")
        synth = ["synth", str(seconds), "sine", str(tone), "gain", "-20"]
        subprocess.run(
            ["sox", "-R", "-n", "-r", "8000", "-c", "1", "-b", "16", "--comment-file", str(tags), str(file), *synth],
            check=True,
        )
        tags.unlink()


def catalog(file: pathlib.Path) -> None:
    """Write what `haunt import catalog` reads."""
    with file.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["artist", "title", "album", "duration_ms", "genres", "year", "uri"])
        for path, seconds, _, artist, album, title, genre, year in TRACKS:
            rows.writerow([artist, title, album, seconds * 1000, genre, year, path])
