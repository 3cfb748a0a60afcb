"""Home Assistant as its users and its user interface reach it: REST and websocket."""

import asyncio
import itertools
import pathlib
import secrets
import time

import aiohttp


class HomeAssistant:
    def __init__(self, url: str, token_file: pathlib.Path) -> None:
        self.url, self.token_file = url, token_file
        self.http = aiohttp.ClientSession()

    @property
    def _headers(self) -> dict:
        return {"Authorization": f"Bearer {self.token_file.read_text()}"}

    async def end(self) -> None:
        await self.http.close()

    async def is_running(self) -> bool:
        try:
            async with self.http.get(f"{self.url}/api/config", headers=self._headers) as answer:
                return answer.status == 200 and (await answer.json())["state"] == "RUNNING"
        except (aiohttp.ClientError, OSError):
            return False

    async def states(self) -> dict[str, dict]:
        async with self.http.get(f"{self.url}/api/states", headers=self._headers) as answer:
            answer.raise_for_status()
            return {state["entity_id"]: state for state in await answer.json()}

    async def state(self, entity: str) -> dict:
        return (await self.states()).get(entity, {"state": None, "attributes": {}})

    async def expect(self, entity: str, wanted: object, timeout: float = 15) -> dict:
        """Wait until an entity's state is the wanted one, or fits the wanted function; None is no entity."""
        fits = wanted if callable(wanted) else lambda state: state == wanted
        deadline = time.monotonic() + timeout
        while True:
            state = await self.state(entity)
            if fits(state["state"]):
                return state
            if time.monotonic() > deadline:
                raise AssertionError(f"{entity} is {state['state']!r} and not {wanted!r} after {timeout:.0f} s")
            await asyncio.sleep(0.1)

    async def act(self, action: str, entity: str | None = None, **data: object) -> None:
        """Call an action: act("button.press", "button.x")."""
        domain, name = action.split(".")
        body = data | ({"entity_id": entity} if entity else {})
        async with self.http.post(
            f"{self.url}/api/services/{domain}/{name}", json=body, headers=self._headers
        ) as answer:
            if answer.status != 200:
                raise AssertionError(f"{action}: {answer.status} {await answer.text()}")

    async def fire(self, event: str, **data: object) -> None:
        async with self.http.post(f"{self.url}/api/events/{event}", json=data, headers=self._headers) as answer:
            answer.raise_for_status()

    async def track(self, name: str, state: str) -> None:
        """Move the tracker of a person, and wait until Home Assistant has moved the person."""
        body = {"state": state, "attributes": {"source_type": "router"}}
        tracker = f"device_tracker.{name}_phone"
        async with self.http.post(f"{self.url}/api/states/{tracker}", json=body, headers=self._headers) as answer:
            answer.raise_for_status()
        await self.expect(f"person.{name}", state)

    async def converse(self, text: str) -> str:
        """Say a sentence to Home Assistant, return its answer."""
        body = {"text": text, "language": "en"}
        async with self.http.post(
            f"{self.url}/api/conversation/process", json=body, headers=self._headers
        ) as answer:
            answer.raise_for_status()
            return (await answer.json())["response"]["speech"]["plain"]["speech"]

    async def provision(self, broker: int, speakers: dict[str, int]) -> None:
        """Create the owner, connect the broker and the MPD speakers, and name these."""
        self.token_file.touch(mode=0o600)
        self.token_file.write_text(await self._onboard())
        await self._add_entry("mqtt", {"broker": "127.0.0.1", "port": broker})
        async with WebSocket(self.http, self.url, self.token_file.read_text()) as socket:
            for name, port in speakers.items():
                entry = await self._add_entry("mpd", {"host": "127.0.0.1", "port": port})
                entities = await socket.call("config/entity_registry/list")
                entity = next(e["entity_id"] for e in entities if e["config_entry_id"] == entry)
                await socket.call(
                    "config/entity_registry/update", entity_id=entity, new_entity_id=f"media_player.{name}", name=name
                )

    async def _onboard(self) -> str:
        client = f"{self.url}/"
        user = {"name": "A", "username": "a", "password": secrets.token_urlsafe(), "client_id": client, "language": "en"}
        async with self.http.post(f"{self.url}/api/onboarding/users", json=user) as answer:
            answer.raise_for_status()
            code = (await answer.json())["auth_code"]
        grant = {"grant_type": "authorization_code", "code": code, "client_id": client}
        async with self.http.post(f"{self.url}/auth/token", data=grant) as answer:
            answer.raise_for_status()
            token = (await answer.json())["access_token"]
        async with WebSocket(self.http, self.url, token) as socket:
            return await socket.call("auth/long_lived_access_token", client_name="acceptance", lifespan=1)

    async def _add_entry(self, domain: str, data: dict) -> str:
        flows = f"{self.url}/api/config/config_entries/flow"
        async with self.http.post(flows, json={"handler": domain}, headers=self._headers) as answer:
            answer.raise_for_status()
            flow = (await answer.json())["flow_id"]
        async with self.http.post(f"{flows}/{flow}", json=data, headers=self._headers) as answer:
            answer.raise_for_status()
            result = await answer.json()
        if result["type"] != "create_entry":
            raise AssertionError(f"{domain}: {result}")
        return result["result"]["entry_id"]


class WebSocket:
    """Home Assistant's websocket API: async with WebSocket(...) as socket."""

    def __init__(self, http: aiohttp.ClientSession, url: str, token: str) -> None:
        self.http, self.url, self.token, self.ids = http, url, token, itertools.count(1)

    async def __aenter__(self) -> "WebSocket":
        self.socket = await self.http.ws_connect(f"{self.url}/api/websocket")
        await self.socket.receive_json()
        await self.socket.send_json({"type": "auth", "access_token": self.token})
        if (answer := await self.socket.receive_json())["type"] != "auth_ok":
            raise AssertionError(answer)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.socket.close()

    async def call(self, command: str, **fields: object):
        number = next(self.ids)
        await self.socket.send_json({"id": number, "type": command, **fields})
        while (answer := await self.socket.receive_json()).get("id") != number:
            pass
        if not answer["success"]:
            raise AssertionError(f"{command}: {answer['error']}")
        return answer["result"]
