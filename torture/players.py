"""What players say: recordings of the tests under other names, and messages in the form of each dialect."""
import json
import pathlib
import re

RECORDINGS = pathlib.Path(__file__).parent.parent / "Tests/MQTTBridgeTests/Traces"
SOURCES = """sources:
  - {dialect: home-assistant-statestream, base_topic: hass}
  - {dialect: home-assistant-json, base_topic: players}
  - {dialect: sonos2mqtt, base_topic: sonos}
  - {dialect: shairport-sync, base_topic: airplay}
  - dialect: generic
    topic: jellyfin/players/+/state
    speaker: "jellyfin/{speaker}"
    fields:
      speaker: {pointer: /user}
      state: {pointer: /state}
      title: {pointer: /media_title}
      artist: {pointer: /media_artist}
      duration: {pointer: /media_duration}
      position: {pointer: /media_position}
"""
STATES = ["playing", "paused", "idle", "off", "unavailable", "unknown", "buffering", ""]


def home_assistant(title, artist, state, number):
    return "players/state", {
        "entity_id": f"media_player.hostile{number}", "state": state, "last_updated": "2026-01-01T00:00:00+00:00",
        "attributes": {"media_title": title, "media_artist": artist, "media_duration": 200, "media_position": number,
                       "media_content_type": "music", "group_members": [f"media_player.hostile{number}"]}}


def sonos(title, artist, state, number):
    return f"sonos/RINCON_{number}", {
        "uuid": f"RINCON_{number}", "name": f"Hostile {number}", "coordinatorUuid": f"RINCON_{number // 2}", "ts": 1,
        "currentTrack": {"Title": title, "Artist": artist, "Duration": "0:03:20", "TrackUri": "x-file:a"},
        "transportState": state.upper(), "position": {"Position": "0:00:30", "LastUpdate": 1}}


def airplay(title, artist, state, number):
    key = ["title", "artist", "play_start", "play_end", "ssnc/prgr", "active_end"][number % 6]
    return f"airplay/hostile{number}/{key}", {"title": title, "artist": artist, "ssnc/prgr": "1/2/3"}.get(key, "--")


def jellyfin(title, artist, state, number):
    return f"jellyfin/players/{number}/state", {
        "user": f"hostile{number}", "state": state, "media_title": title, "media_artist": artist, "media_duration": 200,
        "media_position": number}


FORMS = ["home-assistant-statestream", home_assistant, sonos, airplay, jellyfin]


class Words:
    """An endless row of topics with payloads."""

    def __init__(self, rng):
        self.rng, self.count, self.recorded, self.place = rng, 0, list(recorded()), 0

    def next(self):
        self.count += 1
        form, rng = self.rng.choice(FORMS), self.rng
        if isinstance(form, str):
            self.place = (self.place + 1) % len(self.recorded)
            return self.recorded[self.place]
        topic, words = form(f"Song {rng.randrange(2_000)}", f"Artist {rng.randrange(150)}", rng.choice(STATES), rng.randrange(12))
        if isinstance(words, dict) and rng.random() < 0.3:
            words[rng.choice(list(words))] = rng.choice([None, 1e300, -1, [], {}, "x" * 2_000, "\0", True])
        return topic, (words if isinstance(words, str) else json.dumps(words)).encode()


def recorded():
    """Messages of the recordings, of players that nobody owns."""
    for path in sorted(RECORDINGS.rglob("*.jsonl")):
        for line in path.read_text().splitlines():
            message = json.loads(line)
            if message["topic"].startswith("hass/"):
                rename = lambda text: re.sub(r"study|kitchen|bedroom|living_room|kids_room", "hostile1", text)
                yield rename(message["topic"]), rename(str(message["payload"])).encode()
