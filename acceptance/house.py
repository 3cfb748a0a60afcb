"""The house of the acceptance test: mosquitto, two MPD speakers, Home Assistant and the daemon, in one folder."""

import asyncio
import contextlib
import getpass
import os
import pathlib
import shutil
import signal
import socket
import string
import subprocess
import sys
import time

import music
from broker import Listener
from home_assistant import HomeAssistant

HERE = pathlib.Path(__file__).parent
BLUEPRINTS = HERE.parent / "config/home-assistant/blueprints"
SPEAKERS = ("kitchen", "study")
# How long a speaker may be away before its play is over: longer than a player takes to be seen again.
FLAP_S = 12


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


async def until(what: str, happens, timeout: float = 90) -> None:
    deadline = time.monotonic() + timeout
    while True:
        result = happens()
        if await result if asyncio.iscoroutine(result) else result:
            return
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {timeout:.0f} s in vain for {what}")
        await asyncio.sleep(0.1)


class House:
    def __init__(self, work: pathlib.Path, haunt: str) -> None:
        self.work, self.haunt = work, haunt
        self.broker_port, self.ha_port, self.http_port, *mpd = free_ports(3 + len(SPEAKERS))
        self.mpd_ports = dict(zip(SPEAKERS, mpd))
        self.processes: dict[str, subprocess.Popen] = {}
        self.ha = HomeAssistant(f"http://127.0.0.1:{self.ha_port}", work / "token")
        self.mqtt: Listener | None = None

    # Building it

    def furnish(self) -> None:
        for folder in ("log", "mosquitto", "empty", "config/.storage", *(f"mpd-{name}" for name in SPEAKERS)):
            (self.work / folder).mkdir(parents=True)
        music.make(self.work / "music")
        music.catalog(self.work / "catalog.csv")
        for name, port in self.mpd_ports.items():
            self._fill("mpd.conf", f"mpd-{name}/mpd.conf", NAME=name, PORT=port)
        self._fill("mosquitto.conf", "mosquitto.conf", PORT=self.broker_port, USER=getpass.getuser())
        self._fill("haunt.yaml", "haunt.yaml", PORT=self.broker_port, HTTP=self.http_port, FLAP=FLAP_S)
        self._fill("configuration.yaml", "config/configuration.yaml")
        self._fill("automations.yaml", "config/automations.yaml", MPD_KITCHEN=self.mpd_ports["kitchen"])
        shutil.copytree(BLUEPRINTS, self.work / "config/blueprints")
        for seed in (HERE / "template/storage").iterdir():
            shutil.copy(seed, self.work / "config/.storage")

    def _fill(self, template: str, file: str, **values: object) -> None:
        text = string.Template((HERE / "template" / template).read_text())
        (self.work / file).write_text(text.safe_substitute(WORK=self.work, **values))

    # Its processes

    def _start(self, name: str, *command: str, **environment: str) -> None:
        with (self.work / f"log/{name}.out").open("a") as log:
            self.processes[name] = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=os.environ | environment
            )

    def stop(self, name: str, how: signal.Signals = signal.SIGTERM) -> int | None:
        process = self.processes.pop(name, None)
        if process is None:
            return None
        process.send_signal(how)
        try:
            return process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def stop_all(self) -> None:
        for name in ("haunt", "ha", *(f"mpd-{speaker}" for speaker in SPEAKERS), "mosquitto"):
            self.stop(name)

    def _listens(self, port: int) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    async def start_broker(self) -> None:
        self._start("mosquitto", "mosquitto", "-c", str(self.work / "mosquitto.conf"))
        await until("mosquitto", lambda: self._listens(self.broker_port))
        self.mqtt = self.mqtt or Listener(self.broker_port)

    async def start_speaker(self, name: str) -> None:
        self._start(f"mpd-{name}", "mpd", "--no-daemon", str(self.work / f"mpd-{name}/mpd.conf"))
        await until(f"MPD {name}", lambda: self._listens(self.mpd_ports[name]))
        self.mpc(name, "update", "--wait")

    def mpc(self, speaker: str, *arguments: str) -> str:
        command = ["mpc", "--host", "127.0.0.1", "--port", str(self.mpd_ports[speaker]), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def _subscriptions(self) -> int:
        """How often Home Assistant's automations have subscribed, by the broker's log."""
        return (self.work / "log/mosquitto.log").read_text().count("haunt/speaker/study/command")

    async def start_ha(self, is_first: bool = False) -> None:
        """Start Home Assistant; it says RUNNING before it has subscribed, so wait for the broker to have seen that."""
        before = self._subscriptions()
        python = [sys.executable, "-m", "homeassistant", "--skip-pip", "--log-no-color"]
        self._start(
            "ha", *python, "--config", str(self.work / "config"),
            HA_URL=self.ha.url, HA_PORT=str(self.ha_port), EMPTY=str(self.work / "empty"),
        )
        await until("Home Assistant's port", lambda: self._listens(self.ha_port))
        if not is_first:
            await until("Home Assistant", self.ha.is_running)
            await until("the automations' subscriptions", lambda: self._subscriptions() > before)

    def start_haunt(self) -> None:
        self._start("haunt", self.haunt, "serve", "--config", str(self.work / "haunt.yaml"))

    def signal_haunt(self, what: signal.Signals) -> None:
        self.processes["haunt"].send_signal(what)

    def command(self, *arguments: str) -> str:
        """Run a command of Haunt."""
        command = [self.haunt, *arguments, "--config", str(self.work / "haunt.yaml")]
        result = subprocess.run(command, capture_output=True, text=True)
        if result.returncode:
            raise AssertionError(f"haunt {' '.join(arguments)}: {result.returncode} {result.stderr}")
        return result.stdout

    async def move_in(self) -> None:
        self.furnish()
        await self.start_broker()
        for name in SPEAKERS:
            await self.start_speaker(name)
        # Statestream and MQTT triggers only set up when the broker is known at start, so Home Assistant starts twice.
        await self.start_ha(is_first=True)
        await self.ha.provision(self.broker_port, self.mpd_ports)
        self.stop("ha")
        await self.start_ha()
