"""A house in a folder of its own: mosquitto and the daemon on free loopback ports, as real processes."""
import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

from mqtt import Client, Lost
from processes import Broker, Daemon, Fault, free_ports, wait_for_port
from web import Gone, Web

PEOPLE = ("anna", "ben", "clara", "kids")
SPEAKERS = {"study": "anna", "kitchen": "ben", "bedroom": "clara", "kids_room": "kids", "living_room": None}
# Rules with which a play of a few milliseconds is a listen.
QUICK = "{min_track_s: 1, complete_after_s: 0.01, min_heard_s: 0, skip_under_s: 0, flap_s: 0.2, settle_ms: 20}"


class House:
    """Five speakers, four people; `more` is YAML that is added to the configuration."""

    def __init__(self, haunt, more="", keepalive_s=30, store=None, environment=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="haunt-torture-"))
        self.haunt, self.store = haunt, store or self.folder / "haunt.db"
        broker, self.http = free_ports(2)
        self.broker = Broker(self.folder, broker)
        self.config = self.folder / "haunt.yaml"
        owners = "".join(
            f"  - {{name: media_player.{name}{f', profile: {owner}' if owner else ''}}}\n" for name, owner in SPEAKERS.items())
        self.config.write_text(
            f"mqtt: {{url: \"mqtt://127.0.0.1:{broker}\", client_id: house, keepalive_s: {keepalive_s}}}\n"
            f"store: {{path: \"{self.store}\"}}\nhttp: {{listen: \"127.0.0.1:{self.http}\"}}\nlistening: {QUICK}\n"
            f"speakers:\n{owners}{more or SOURCES}")
        self.daemon = Daemon(haunt, self.folder, self.config, environment)
        self.web, self.client = Web(self.http), None

    def listen_to(self, take=None):
        """Connect a client that hears everything of the daemon."""
        if self.client:
            self.client.close()
        self.client = Client(self.broker.port, "house-" + os.urandom(4).hex(), ["haunt/#"], take)
        return self.client

    def start(self):
        """Start the daemon and wait until it is ready and online."""
        self.client.latest.pop("haunt/bridge/state", None)
        self.web.close()
        self.daemon.start()
        wait_for_port(self.daemon, self.http)
        self.client.wait(lambda: b"online" in self.client.latest.get("haunt/bridge/state", b""))

    def move_in(self, take=None):
        self.broker.start()
        self.listen_to(take)
        self.start()

    def command(self, *arguments, status=(0,)):
        """Run a command on this house's store; return its output."""
        done = subprocess.run([self.haunt, *map(str, arguments), "--config", str(self.config)], capture_output=True,
                              text=True, timeout=120, check=False)
        if done.returncode not in status:
            raise Fault(f"haunt {' '.join(map(str, arguments))}: exit {done.returncode}: {done.stderr[-2000:]}")
        return done.stdout

    def hears(self, speaker, title):
        """Wait until a speaker's state says that a track plays."""
        topic = f"haunt/speaker/{speaker}/state"
        self.client.wait(lambda: ((self.client.state(topic) or {}).get("now_playing") or {}).get("title") == title)

    def play(self, title, speaker, artist="Player", client=None):
        """What Home Assistant's statestream says when a track begins."""
        told = {"state": "playing", "media_content_type": '"music"', "media_duration": "200",
                "media_title": f'"{title}"', "media_artist": f'"{artist}"', "supported_features": "1"}
        for key, value in told.items():
            (client or self.client).publish(f"hass/media_player/{speaker}/{key}", value, retain=True)

    def report(self, title, speaker, artist="Player", state="playing"):
        """The same in one message, which nothing can cut in two."""
        self.client.publish("players/state", json.dumps({
            "entity_id": f"media_player.{speaker}", "state": state, "attributes": {
                "media_title": title, "media_artist": artist, "media_content_type": "music", "media_duration": 600}}))

    def end(self):
        """End all processes and remove the folder."""
        for close in (self.web.close, self.client.close if self.client else lambda: None):
            with contextlib.suppress(Lost, Gone, OSError):
                close()
        for process in (self.daemon, self.broker):
            with contextlib.suppress(Fault):
                process.end(signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)


SOURCES = """sources:
  - {dialect: home-assistant-statestream, base_topic: hass}
  - {dialect: home-assistant-json, base_topic: players}
"""
