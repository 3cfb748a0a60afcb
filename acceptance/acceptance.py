"""Haunt at home in a real Home Assistant, with a real broker and real players: acceptance.py <haunt binary>

Each scenario says what it saw, line by line; the first thing that is not as it should be ends the run with 1.
"""

import asyncio
import json
import os
import pathlib
import shutil
import signal
import sys
import tempfile
import time

import music
from house import FLAP_S, House, until

LIGHT, HOME, EVENING, ANGLE, WALLS, BITE, RIPPER = (
    music.BY_TITLE[t]
    for t in (
        "First Light", "Long Way Home", "Whole Evening", "Right Angle", "Four Walls", "Bite", "Ripper (Live)",
    )
)
BEGIN = time.monotonic()


def say(line: str) -> None:
    print(f"{time.monotonic() - BEGIN:7.1f}  {line}", flush=True)


def check(holds: object, line: str) -> None:
    if not holds:
        raise AssertionError(line)
    say(f"  ok  {line}")


class Acceptance:
    def __init__(self, house: House) -> None:
        self.house, self.ha = house, house.ha

    @property
    def mqtt(self):
        return self.house.mqtt

    # What is asked again and again

    async def play(self, speaker: str, path: str) -> int:
        """Have Home Assistant play a file, wait until Haunt says that it plays; return a mark from before."""
        since = self.mqtt.mark
        await self.ha.act(
            "media_player.play_media", f"media_player.{speaker}", media_content_id=path, media_content_type="music"
        )
        await self.hears(speaker, music.BY_PATH[path], since)
        return since

    async def hears(self, speaker: str, title: str, since: int) -> None:
        await self.mqtt.wait(
            f"haunt/speaker/{speaker}/state",
            lambda m: m.json and (m.json["now_playing"] or {}).get("title") == title and not m.retained,
            since,
        )

    async def listen(self, title: str, since: int, timeout: float = 60) -> dict:
        """The next listen of a title that Haunt tells of."""
        event = await self.mqtt.wait(
            "haunt/bridge/event",
            lambda m: m.json["type"] in ("listen_recorded", "listen_skipped") and m.json["data"]["title"] == title,
            since,
            timeout,
        )
        return event.json["data"]

    async def history(self) -> list[dict]:
        return (await self.mqtt.ask("listen/list", limit=1000))["history"]

    async def versions(self) -> dict[str, int]:
        """Version of each profile's taste."""
        profiles = (await self.mqtt.ask("profile/list"))["profiles"]
        return {profile["name"]: profile["taste"]["version"] for profile in profiles}

    async def stored_once(self, title: str, started: str) -> None:
        same = [listen for listen in await self.history() if (listen["title"], listen["started_at"]) == (title, started)]
        check(len(same) == 1, f'"{title}" of {started} is stored once')

    # Scenarios, in order

    async def entities(self) -> None:
        """Every entity that a household of two profiles and two speakers has."""
        self.mqtt.say("haunt/profile/ghost", {"name": "ghost"}, retain=True)
        self.mqtt.say("homeassistant/device/haunt/haunt_profile_ghost/config", {"device": {}}, retain=True)
        began = time.monotonic()
        self.house.start_haunt()
        speaker = ["select.haunt_{}_profile", "switch.haunt_{}_guest_mode", "text.haunt_{}_vibe",
                   "button.haunt_{}_play_something", "number.haunt_{}_tracks", "select.haunt_{}_mode",
                   "sensor.haunt_{}_last_playlist", "event.haunt_{}_listen", "button.haunt_{}_like",
                   "button.haunt_{}_not_this"]
        profile = ["sensor.haunt_{}_listens", "sensor.haunt_{}_last_listen", "sensor.haunt_{}_top_interests",
                   "button.haunt_{}_rebuild_taste"]
        bridge = ["sensor.haunt_health", "sensor.haunt_catalog_size", "button.haunt_check"]
        people = bridge + [entity.format(name) for name in ("default", "anna", "ben") for entity in profile]

        async def are_there(entities: list[str]) -> bool:
            states = await self.ha.states()
            return all(states.get(entity, {"state": "unavailable"})["state"] != "unavailable" for entity in entities)

        await until("the entities of Haunt and its profiles", lambda: are_there(people), 60)
        say(f"  {time.monotonic() - began:.1f} s from 'haunt serve' to all {len(people)} entities of Haunt and profiles")
        imported = self.house.command("import", "catalog", str(self.house.work / "catalog.csv"))
        say(f"  {imported.strip().splitlines()[-1] if imported.strip() else 'catalog imported'}")
        for name in ("kitchen", "study"):
            await self.play(name, LIGHT)
            await self.ha.act("media_player.media_stop", f"media_player.{name}")
        self.all = people + [entity.format(name) for name in ("kitchen", "study") for entity in speaker]
        await until("the speakers' entities", lambda: are_there(self.all), 60)
        for name in ("kitchen", "study"):
            await self.ha.act("select.select_option", f"select.haunt_{name}_mode", option="balanced")
        self.mqtt.say("haunt/bridge/request/health/check", "{}")
        await self.ha.expect("sensor.haunt_catalog_size", str(len(music.TRACKS)))
        check(True, "the catalog has all tracks of the speakers' library, by Haunt's own sensor")
        states = await self.ha.states()
        for entity in self.all:
            say(f"      {entity} = {states[entity]['state']}")
        ghosts = self.mqtt.kept("haunt/profile/ghost") | self.mqtt.kept("homeassistant/+/haunt/haunt_profile_ghost/config")
        check(not ghosts, "what the broker kept of a profile that is no more is cleared")

    async def mapping(self) -> None:
        """The two speakers become Anna's and Ben's through Home Assistant's own entities."""
        for speaker, name in (("kitchen", "anna"), ("study", "ben")):
            entity = f"select.haunt_{speaker}_profile"
            await self.ha.expect(entity, "nobody")
            await self.ha.act("select.select_option", entity, option=name)
            await self.ha.expect(entity, name)
            check(True, f"{entity} = {name}")

    async def attribution(self) -> None:
        """Plays on both speakers at once, each attributed and stored once, each in its own taste only."""
        before = await self.versions()
        kitchen, study = await asyncio.gather(self.play("kitchen", WALLS), self.play("study", RIPPER))
        heard = await asyncio.gather(self.listen("Four Walls", kitchen), self.listen("Ripper (Live)", study))
        for listen, name in zip(heard, ("anna", "ben")):
            check(
                (listen["profile"], listen["rule"], listen["outcome"]) == (name, "mapping", "completed"),
                f'"{listen["title"]}" is a completed listen of {name}, by mapping ({listen["played_s"]:.1f} s heard)',
            )
            await self.stored_once(listen["title"], listen["started_at"])
        after = await self.versions()
        changes = {name: after[name] - before[name] for name in before}
        check(changes == {"anna": 1, "ben": 1, "default": 0}, f"versions of tastes changed by {changes}")
        since = self.mqtt.mark
        alone = await self.play("study", ANGLE)
        await self.listen("Right Angle", alone)
        changes = {name: version - after[name] for name, version in (await self.versions()).items()}
        check(changes == {"anna": 0, "ben": 1, "default": 0}, "a play on Ben's speaker alone changes Ben's taste alone")
        published = {m.topic for m in self.mqtt.heard[since:] if m.topic.startswith("haunt/profile/")}
        check(published == {"haunt/profile/ben"}, "and Ben's topic is the only one that is written")
        await self.ha.expect("sensor.haunt_ben_listens", "2")
        await self.ha.expect("event.haunt_study_listen", lambda state: state not in (None, "unknown", "unavailable"))
        event = await self.ha.state("event.haunt_study_listen")
        check(event["attributes"]["title"] == "Right Angle", "Home Assistant's event entity tells of the listen")

    async def button(self) -> None:
        """Home Assistant's button makes a list, Home Assistant plays it, and its plays come back as listens."""
        await self.ha.act("number.set_value", "number.haunt_kitchen_tracks", value=3)
        await self.ha.expect("number.haunt_kitchen_tracks", "3")
        since = self.mqtt.mark
        await self.ha.act("button.press", "button.haunt_kitchen_play_something")
        command = await self.mqtt.wait("haunt/speaker/kitchen/command", since=since)
        tracks = command.json["tracks"]
        check(len(tracks) == 3 and command.json["profile"] == "anna", "the list has three tracks and is Anna's")
        check(not self.mqtt.kept("haunt/speaker/+/command"), "no command is kept by the broker")
        await self.hears("kitchen", tracks[0]["title"], since)
        queue = self.house.mpc("kitchen", "-f", "%file%", "playlist").split("\n")[:3]
        check(queue == [track["uri"] for track in tracks], "the speaker's own queue is the list, in order")
        await self.ha.expect("sensor.haunt_kitchen_last_playlist", lambda state: state not in ("unknown", None))
        shown = (await self.ha.state("sensor.haunt_kitchen_last_playlist"))["attributes"]
        check(len(json.dumps(shown)) < 16_384 and len(shown["tracks"]) == 3, "the list is shown in Home Assistant")
        for track in tracks[:2]:
            listen = await self.listen(track["title"], since, 90)
            check(listen["profile"] == "anna", f'"{track["title"]}" came back as a listen of Anna')
        await self.ha.act("media_player.media_stop", "media_player.kitchen")

    async def guest(self) -> None:
        """A guest's wish, typed into Home Assistant, plays and leaves no trace."""
        await self.ha.act("switch.turn_on", "switch.haunt_study_guest_mode")
        await self.ha.expect("switch.haunt_study_guest_mode", "on")
        await self.ha.expect("select.haunt_study_profile", "ben")
        await self.ha.act("number.set_value", "number.haunt_study_tracks", value=2)
        await self.ha.expect("number.haunt_study_tracks", "2")
        before, count, since = await self.versions(), len(await self.history()), self.mqtt.mark
        await self.ha.act("text.set_value", "text.haunt_study_vibe", value="ambient")
        command = await self.mqtt.wait("haunt/speaker/study/command", since=since)
        check(command.json["rule"] == "guest" and command.json["profile"] is None, "the list is a guest's")
        await self.ha.expect("sensor.haunt_study_last_playlist", lambda state: state not in ("unknown", None))
        shown = await self.ha.state("sensor.haunt_study_last_playlist")
        check("ambient" not in json.dumps(shown), "Home Assistant does not show what the guest wished for")
        check(not shown["attributes"].get("tracks"), "nor the tracks of the guest's list")
        check((await self.ha.state("text.haunt_study_vibe"))["state"] != "ambient", "and the text field is not left filled")
        for track in command.json["tracks"]:
            await self.hears("study", track["title"], since)
        check(True, "both tracks played, one after the other, on a speaker that cannot enqueue")
        await self.ha.expect("media_player.study", "off", 60)
        await asyncio.sleep(FLAP_S + 3)  # what would be stored would be stored by now
        check(await self.versions() == before, "no taste has changed")
        check(len(await self.history()) == count, "nothing was stored")
        await self.ha.act("switch.turn_off", "switch.haunt_study_guest_mode")
        await self.ha.expect("switch.haunt_study_guest_mode", "off")

    async def skip_and_pause(self) -> None:
        """A skip is a skipped listen; a pause adds nothing to what was heard."""
        since = self.mqtt.mark
        self.house.mpc("kitchen", "clear")
        self.house.mpc("kitchen", "add", WALLS)
        self.house.mpc("kitchen", "add", BITE)
        self.house.mpc("kitchen", "play")
        await self.hears("kitchen", "Four Walls", since)
        await asyncio.sleep(3)
        await self.ha.act("media_player.media_next_track", "media_player.kitchen")
        skipped = await self.listen("Four Walls", since)
        check(skipped["outcome"] == "skipped", f"the skipped track was heard for {skipped['played_s']:.1f} s")
        await self.hears("kitchen", "Bite", since)
        await asyncio.sleep(3)
        await self.ha.act("media_player.media_pause", "media_player.kitchen")
        await asyncio.sleep(6)
        await self.ha.act("media_player.media_play", "media_player.kitchen")
        paused = await self.listen("Bite", since)
        check(
            paused["outcome"] == "completed" and 12 <= paused["played_s"] <= 17,
            f"of a 15 s track, paused for 6 s, {paused['played_s']:.1f} s were heard",
        )

    async def daemon_killed(self) -> None:
        """kill -9 of the daemon in the middle of a track."""
        await self.survives("kitchen", WALLS, self.restart_haunt(signal.SIGKILL), after=12)

    async def broker_restarted(self) -> None:
        """The broker restarts in the middle of a track."""
        await self.survives("kitchen", RIPPER, self.restart_broker())

    async def home_assistant_restarted(self) -> None:
        """Home Assistant restarts in the middle of a track."""
        await self.survives("kitchen", EVENING, self.restart_ha())
        kept = {m.topic: m for m in self.mqtt.heard if m.topic.startswith("hass/media_player/study/")}
        check(kept["hass/media_player/study/state"].payload == "off", "after the start statestream is mended")

    async def player_restarted(self) -> None:
        """A player restarts in the middle of a track."""
        await self.survives("kitchen", ANGLE, self.restart_speaker("kitchen"))

    async def survives(self, speaker: str, path: str, disturb, after: float = 5) -> None:
        title, before = music.BY_PATH[path], len(await self.history())
        since = await self.play(speaker, path)
        await asyncio.sleep(after)
        await disturb
        await self.ha.expect(f"media_player.{speaker}", "off", 90)
        listen = await self.listen(title, since, FLAP_S + 30)
        check(listen["outcome"] in ("completed", "partial"), f"{listen['outcome']}, {listen['played_s']:.1f} s heard")
        await asyncio.sleep(FLAP_S + 3)
        new = len(await self.history()) - before
        check(new == 1, "it is one listen, nothing lost and nothing twice")

    async def restart_haunt(self, how: signal.Signals) -> None:
        self.house.stop("haunt", how)
        await asyncio.sleep(2)
        since = self.mqtt.mark
        self.house.start_haunt()
        await self.mqtt.wait("haunt/bridge/state", lambda m: m.json == {"state": "online"} and not m.retained, since)

    async def restart_broker(self) -> None:
        self.house.stop("mosquitto")
        await asyncio.sleep(2)
        since = self.mqtt.mark
        await self.house.start_broker()
        await self.mqtt.wait("haunt/bridge/state", lambda m: m.json == {"state": "online"}, since)

    async def restart_ha(self) -> None:
        self.house.stop("ha")
        await self.house.start_ha()
        await self.ha.expect("media_player.kitchen", "playing", 60)
        await asyncio.sleep(3)
        self.house.mpc("kitchen", "stop")

    async def restart_speaker(self, name: str) -> None:
        self.house.stop(f"mpd-{name}")
        await asyncio.sleep(2)
        await self.house.start_speaker(name)
        self.house.mpc(name, "play")

    async def entities_again(self) -> None:
        """After all that, every entity is there, with what it showed before."""
        await self.ha.expect("select.haunt_kitchen_profile", "anna", 30)
        await self.ha.expect("number.haunt_kitchen_tracks", "3")
        states = await self.ha.states()
        gone = [entity for entity in self.all if states[entity]["state"] == "unavailable"]
        check(not gone, "every entity is available, and speakers remember whose they are and how long their lists")

    async def wishes(self) -> None:
        """A remote and a spoken sentence ask for lists."""
        since = self.mqtt.mark
        await self.ha.fire("remote_pressed")
        command = await self.mqtt.wait("haunt/speaker/study/command", since=since)
        check(command.json["profile"] == "ben" and not command.json["vibe"], "a remote played something of Ben's")
        since = self.mqtt.mark
        check(await self.ha.converse("play some quiet ambient") == "Okay.", "a sentence was understood")
        command = await self.mqtt.wait("haunt/speaker/study/command", since=since)
        check(command.json["vibe"] == "quiet ambient", "and became the vibe of a list")
        await self.hears("study", command.json["tracks"][0]["title"], since)
        await self.ha.act("media_player.media_stop", "media_player.study")

    async def judgements(self) -> None:
        """Like and Not this, about what plays."""
        since = await self.play("kitchen", WALLS)
        for button, verdict in (("like", "like"), ("not_this", "dislike")):
            await self.ha.act("button.press", f"button.haunt_kitchen_{button}")
            answer = await self.mqtt.wait("haunt/bridge/response/feedback/add", since=since)
            check(answer.json["status"] == "ok" and answer.json["data"]["verdict"] == verdict, f"{button} was taken")
            since = self.mqtt.mark
        await self.ha.act("media_player.media_stop", "media_player.kitchen")

    def remember(self, name: str, path: str, times: int) -> None:
        """Import listens of a profile, one every eight hours until yesterday."""
        artist, _, title = next(row[3:6] for row in music.TRACKS if row[0] == path)
        file = self.house.work / f"{name}.csv"
        rows = ["timestamp,artist,title,ms_played"]
        for number in range(times):
            at = time.gmtime(time.time() - 86_400 - number * 28_800)
            rows.append(f'{time.strftime("%Y-%m-%dT%H:%M:%SZ", at)},{artist},{title},180000')
        file.write_text("\n".join(rows) + "\n", encoding="utf-8")
        self.house.command("import", "listens", "--profile", name, str(file))

    async def in_session(self, session: int) -> list[tuple[str, str]]:
        """Profile and rule of each listen of a session."""
        return [(x["profile"], x["rule"]) for x in await self.history() if x["session"] == session]

    async def listener(self) -> None:
        """The study is shared: who is at home decides, then what is played; the select corrects."""
        self.remember("anna", BITE, 200)
        self.remember("ben", ANGLE, 200)
        for name in ("anna", "ben"):
            await self.ha.track(name, "home")
        self.mqtt.say("haunt/speaker/study/shared/set", "anna,ben")
        await self.ha.expect("select.haunt_study_profile", "shared")
        await self.ha.expect("sensor.haunt_study_listener", lambda state: state is not None, 30)
        await self.ha.expect("select.haunt_study_listener_set", "auto", 30)
        await self.ha.track("anna", "not_home")
        since = await self.play("study", HOME)
        heard = await self.listen("Long Way Home", since)
        check(
            (heard["profile"], heard["rule"]) == ("ben", "presence"),
            f'Anna left, so the study is Ben\'s, by presence ({heard["confidence"]} sure)',
        )
        sensor = await self.ha.expect("sensor.haunt_study_listener", "ben")
        told = sensor["attributes"]
        check(told["confidence"] >= 0.95 and told["rule"] == "presence", "Home Assistant shows who, how sure and why")
        await self.ha.track("anna", "home")
        # The first of them may stay open: one play against the one before.
        for _ in range(2):
            since = await self.play("study", BITE)
            heard = await self.listen("Bite", since)
        check(
            (heard["profile"], heard["rule"]) == ("anna", "likeness"),
            f'both are at home: what Anna plays is hers, by likeness ({heard["confidence"]} sure)',
        )
        before = await self.versions()
        await self.ha.act("select.select_option", "select.haunt_study_listener_set", option="ben")
        await self.ha.expect("select.haunt_study_listener_set", "ben")
        session = await self.in_session(told["session"])
        # What played when the study became shared may be among them.
        check(len(session) >= 3 and set(session) == {("ben", "said")}, "the select gives the whole session to Ben, as somebody said")
        after = await self.versions()
        check(after["anna"] > before["anna"] and after["ben"] > before["ben"], "both tastes were corrected")
        self.mqtt.say("haunt/speaker/study/profile/set", "ben")
        await self.ha.expect("select.haunt_study_profile", "ben")

    async def question(self) -> None:
        """Nobody knows who is listening in the kitchen: a notification asks once, and its button answers."""
        for name in ("anna", "ben"):
            self.remember(name, LIGHT, 200)
        self.mqtt.say("haunt/speaker/kitchen/shared/set", "anna,ben")
        await self.ha.expect("select.haunt_kitchen_listener_set", "auto", 30)
        start = self.mqtt.mark
        for _ in range(3):
            since = await self.play("kitchen", LIGHT)
            heard = await self.listen("First Light", since)
        check(heard["profile"] is None, "what both play as often is nobody's yet")
        asked = await self.mqtt.wait("test/notification", since=start)
        buttons = {action["title"]: action["action"] for action in asked.json["data"]["actions"]}
        check(sorted(buttons) == ["anna", "ben", "nobody"], "the notification has the names as buttons")
        before, since = await self.versions(), self.mqtt.mark
        await self.ha.fire("mobile_app_notification_action", action=buttons["anna"])
        answer = await self.mqtt.wait("haunt/bridge/response/listener/set", since=since)
        check(answer.json["status"] == "ok", "its button was understood")
        session = await self.in_session(heard["session"])
        check(session == [("anna", "said")] * 3, "the whole session is Anna's, as somebody said")
        after = await self.versions()
        check(after["anna"] > before["anna"] and after["ben"] == before["ben"], "and of the tastes only hers has changed")
        questions = [m for m in self.mqtt.heard[start:] if m.topic == "test/notification"]
        check(len(questions) == 1, "it asked once")
        # Who is said to be in the kitchen is hardly in the study, which comes next.
        since = self.mqtt.mark
        self.mqtt.say("haunt/speaker/kitchen/listener/set", "auto")
        await self.mqtt.wait("haunt/bridge/response/listener/set", since=since)
        session = await self.in_session(heard["session"])
        check(session == [(None, "likeness")] * 3, "what was said is taken back")
        self.mqtt.say("haunt/speaker/kitchen/profile/set", "anna")
        await self.ha.expect("select.haunt_kitchen_profile", "anna")

    async def players_told(self) -> None:
        """The blueprint that tells of players gives the same plays as mqtt_statestream."""
        told = [m for m in self.mqtt.heard if m.topic.startswith("haunt-players/")]
        check(told and all(m.json and m.json["entity_id"].startswith("media_player.") for m in told), f"{len(told)} changes")
        check(not any("token=" in m.payload for m in told), "without access tokens")
        trace, config = self.house.work / "players.jsonl", self.house.work / "players.yaml"
        lines = [
            {"tst": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(m.at)) + f".{int(m.at % 1 * 1e6):06}Z",
             "topic": m.topic, "retain": int(m.retained), "payload": m.payload}
            for m in told
        ]
        trace.write_text("".join(json.dumps(line) + "\n" for line in lines))
        config.write_text(
            "sources: [{dialect: home-assistant-json, base_topic: haunt-players}]\n"
            "listening: {min_track_s: 5, skip_under_s: 3, min_heard_s: 1, flap_s: 12}\n"
        )
        haunt = await asyncio.create_subprocess_exec(
            self.house.haunt, "replay", str(trace), "--config", str(config), stdout=asyncio.subprocess.PIPE
        )
        plays = [json.loads(line) for line in (await haunt.communicate())[0].splitlines()]
        bite = [play for play in plays if play["title"] == "Bite" and play["outcome"] == "completed"]
        check(bite, f"replay makes {len(plays)} plays of them, \"Bite\" with {bite[0]['played_s'] if bite else 0} s")

    async def reload(self) -> None:
        """The configuration is read again: a profile and a speaker more."""
        file = self.house.work / "haunt.yaml"
        text = file.read_text().replace("names: [anna, ben]", "names: [anna, ben, cleo]")
        file.write_text(text + "speakers:\n  - {name: media_player.attic, profile: cleo}\n")
        self.house.signal_haunt(signal.SIGHUP)
        await self.ha.expect("select.haunt_attic_profile", "cleo")
        await self.ha.expect("sensor.haunt_cleo_listens", "0")
        await self.wait_for_option("cleo", True)
        check(True, "a profile and a speaker of a reload are there, and every speaker can be given to the new profile")

    async def withdrawal(self) -> None:
        """A profile is removed: its entities go, and nothing is kept of it."""
        # Whoever the configuration names comes back at the next start.
        file = self.house.work / "haunt.yaml"
        file.write_text(file.read_text().replace(", cleo]", "]").replace(", profile: cleo", ""))
        await self.mqtt.ask("profile/remove", name="cleo")
        for entity in ("sensor.haunt_cleo_listens", "sensor.haunt_cleo_last_listen", "button.haunt_cleo_rebuild_taste"):
            await self.ha.expect(entity, None)
        await self.ha.expect("select.haunt_attic_profile", "nobody")
        await self.wait_for_option("cleo", False)
        kept = {topic for topic in self.mqtt.kept("#") if "cleo" in topic}
        check(not kept, "the profile's entities are gone, and the broker keeps nothing of it")

    async def wait_for_option(self, name: str, wanted: bool) -> None:
        async def is_so() -> bool:
            options = (await self.ha.state("select.haunt_kitchen_profile"))["attributes"].get("options", [])
            return (name in options) == wanted

        await until(f"the option {name} to be {'there' if wanted else 'gone'}", is_so, 20)

    async def other_forms(self) -> None:
        """Home Assistant is told in the other form, and then not at all."""
        file = self.house.work / "haunt.yaml"
        text = file.read_text()
        for form, wanted in (("single", "nobody"), ("false", None)):
            file.write_text(text + f"home_assistant: {{discovery: {form}}}\n")
            await self.restart_haunt(signal.SIGTERM)
            await self.ha.expect("select.haunt_attic_profile", wanted)
            await asyncio.sleep(3)
            kept = self.mqtt.kept("homeassistant/+/haunt/+/config")
            devices = [topic for topic in kept if topic.startswith("homeassistant/device/")]
            check(not devices and bool(kept) == (form == "single"), f"discovery: {form} is {len(kept)} messages")
        states = await self.ha.states()
        check(not any(".haunt_" in entity for entity in states), "no entity is left")
        file.write_text(text)
        await self.restart_haunt(signal.SIGTERM)
        await self.ha.expect("select.haunt_kitchen_profile", "anna")

    async def goodbye(self) -> None:
        """A graceful stop makes every entity unavailable."""
        status = self.house.stop("haunt")
        check(status == 0, "the daemon stops with 0")
        await self.ha.expect("select.haunt_kitchen_profile", "unavailable")
        check(True, "its entities are unavailable")

    async def run(self) -> None:
        scenarios = [
            self.entities, self.mapping, self.attribution, self.button, self.guest, self.skip_and_pause,
            self.daemon_killed, self.broker_restarted, self.home_assistant_restarted, self.player_restarted,
            self.entities_again, self.wishes, self.judgements, self.question, self.listener, self.players_told,
            self.reload, self.withdrawal, self.other_forms, self.goodbye,
        ]
        for scenario in scenarios:
            say(scenario.__doc__)
            await scenario()


async def main(haunt: str) -> int:
    work = pathlib.Path(tempfile.mkdtemp(prefix="haunt-acceptance-"))
    house = House(work, haunt)
    keep = bool(os.environ.get("KEEP"))
    try:
        say("mosquitto, two MPD speakers and Home Assistant move in")
        await house.move_in()
        await Acceptance(house).run()
        say("Haunt is at home in Home Assistant")
        return 0
    except AssertionError as failure:
        say(f"  NOT OK  {failure}")
        keep = True
        return 1
    finally:
        house.stop_all()
        if house.mqtt:
            house.mqtt.end()
        await house.ha.end()
        if keep:
            say(f"all logs are in {work}")
        else:
            shutil.rmtree(work)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1])))
