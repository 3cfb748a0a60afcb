"""Requests from the daemon's own description: valid ones by the schema of each field, and hostile ones made of them."""
import json
import re
import string
from dataclasses import dataclass, field

TITLES = [f"Song {number}" for number in range(2_000)] + [
    "Ça m'a \"plu\" – 夜", "100% #1; a/b & <c>", "'; DROP TABLE tracks;--", "👩‍👩‍👧 e\u0301", "%s%n", "../../etc/passwd", "\u202etxt"]
ARTISTS = [f"Artist {number}" for number in range(150)] + ["AC/DC", "Sigur Rós", "宇多田ヒカル", "A, B & C feat. D"]
WISHES = ["chill dinner party music", "jazz, no swing", "90s rock", "etwas Ruhiges", "play Artist 7", "?!", "a" * 900, "レゲエ"]
# Nobody else has these names, so that what is valid touches no other taste.
VICTIMS = [f"v{number}" for number in range(8)]
SPEAKERS = [f"media_player.hostile{number}" for number in range(12)] + ["hostile3", "sonos/hostile"]
TIMES = ["2024-02-29T23:59:60Z", "1970-01-01T00:00:00Z", "2025-06-01T12:00:00.123+02:00", "2026-01-01T00:00:00Z"]
NUMBERS = [0, -0.0, -1, 1, 0.5, 1e300, -1e300, 5e-324, 2**53, 2**53 + 1, 2**63, 2**64, -2**63, 10**400, 86_400.000001,
           float("inf"), float("nan"), 9007199254740991.5]
TEXTS = ["", " ", "\0", "a\0b", "\n", "\u200b", "\ud800", "\ufffe", "x" * 1_001, "x" * 100_000, "../" * 50, "+/#", "null", "-1",
         "9223372036854775807.1", "1e309", "9999-12-31T23:59:59Z", "0000-00-00T00:00:00Z", "2026-13-45T99:99:99Z", "é" * 1_000]
SELECTING = {"listen/reassign", "listen/remove", "reassignListens", "removeListens"}


@dataclass
class Operation:
    name: str
    method: str = "POST"
    path: str = ""
    fields: dict = field(default_factory=dict)
    required: set = field(default_factory=set)
    places: dict = field(default_factory=dict)
    is_json: bool = True


class Grammar:
    def __init__(self, document, rng):
        self.document, self.rng, self.undo_ids, self.playlist_ids = document, rng, ["none"], ["none"]

    def resolve(self, node):
        while "$ref" in node:
            found = self.document
            for level in node["$ref"].removeprefix("#/").split("/"):
                found = found[level]
            node = found
        return node

    def http_operations(self):
        """Every operation of the document, but streams that do not end."""
        for path, methods in self.document["paths"].items():
            for method, told in methods.items():
                answers = [self.resolve(answer).get("content", {}) for answer in told.get("responses", {}).values()]
                if any("text/event-stream" in content for content in answers):
                    continue
                operation = Operation(told.get("operationId", path), method.upper(), path)
                for parameter in map(self.resolve, told.get("parameters", [])):
                    self._add(operation, parameter["name"], parameter["schema"], parameter["in"], parameter.get("required"))
                content = self.resolve(told.get("requestBody", {})).get("content", {})
                operation.is_json = not content or "application/json" in content
                schema = self.resolve(content.get("application/json", {}).get("schema", {}))
                for name, each in schema.get("properties", {}).items():
                    self._add(operation, name, each, "body", name in schema.get("required", ()))
                yield operation

    def _add(self, operation, name, schema, place, is_required):
        if place == "header":
            return
        operation.fields[name], operation.places[name] = self.resolve(schema), place
        if is_required:
            operation.required.add(name)

    def mqtt_operations(self, page):
        """The requests that `docs/mqtt-topics.md` lists, whose fields have the schemas of the document."""
        schemas = {name: schema for each in self.http_operations() for name, schema in each.fields.items()}
        required = {"title", "to_profile", "verdict", "undo_id", "guest", "speakers"}
        for name, fields in re.findall(r"^\| `([a-z]+/[a-z]+)` \| ((?:`\w+` ?)+)\|$", page, re.MULTILINE):
            names = re.findall(r"\w+", fields)
            yield Operation(name, fields={each: schemas.get(each, {"type": "string"}) for each in names},
                            required={each for each in names if each in required or each == "name"})

    # Values

    def value(self, name, schema):
        """A value that the schema allows."""
        rng, schema = self.rng, self.resolve(schema)
        known = self._known(name)
        if known is not None and "enum" not in schema:
            return known
        if "enum" in schema:
            return rng.choice([each for each in schema["enum"] if each is not None])
        for key in ("oneOf", "anyOf"):
            if key in schema:
                return self.value(name, rng.choice(schema[key]))
        kinds = schema.get("type", "string")
        kind = kinds if isinstance(kinds, str) else rng.choice([each for each in kinds if each != "null"])
        low, high = schema.get("minimum", 0), schema.get("maximum", 1_000)
        match kind:
            case "boolean": return rng.random() < 0.5
            case "integer": return rng.choice([low, high, rng.randint(low, min(high, low + 100))])
            case "number": return rng.choice([low, high, rng.uniform(low, high)])
            case "array": return [self.value(name, schema.get("items", {})) for _ in range(rng.choice([1, 1, 2, 9]))]
            case "object": return {each: self.value(each, value) for each, value in schema.get("properties", {}).items()}
        return rng.choice(TIMES) if schema.get("format") == "date-time" else rng.choice(TITLES)

    def _known(self, name):
        """A value by the meaning of a field, so that what is asked for exists."""
        pick = self.rng.choice
        match name:
            case "profile" | "name" | "to_profile": return pick(VICTIMS)
            case "profiles": return [pick(VICTIMS)]
            case "speaker_name" | "speaker_entity" | "speaker": return pick(SPEAKERS)
            case "speakers": return [pick(SPEAKERS)]
            case "undo_id": return pick(self.undo_ids)
            case "artist" | "artist_name": return pick(ARTISTS)
            case "title" | "track_name": return pick(TITLES)
            case "vibe" | "text": return pick(WISHES)
            case "pool": return [f"{pick(ARTISTS)}\t{pick(TITLES)}", pick(ARTISTS)]
            case "listened_at": return self.rng.randrange(1_000_000_000, 1_750_000_000)
            case "event_id" | "source" | "uri": return f"{name} {self.rng.randrange(5_000)}"
            case "purge": return self.rng.random() < 0.1
            case "additional_info": return {"duration_ms": pick(NUMBERS[:5]), "speaker_name": pick(SPEAKERS)}
        return None

    def wrong(self):
        """A value that hardly any field allows."""
        rng = self.rng
        match rng.randrange(6):
            case 0: return rng.choice(NUMBERS)
            case 1: return rng.choice(TEXTS)
            case 2: return rng.choice([True, False, [], {}, [None], [[]], {"a": {}}])
            case 3: return [rng.choice(TEXTS[:9]), rng.choice(NUMBERS)] * rng.choice([1, 50])
            case 4: return json.loads("[" * 40 + "]" * 40)
        return "".join(rng.choice(string.printable) for _ in range(rng.randrange(30)))

    def fields(self, operation):
        """Fields that the operation allows; some of the optional ones are left out."""
        return {name: self.value(name, schema) for name, schema in operation.fields.items()
                if name in operation.required or operation.places.get(name) == "path" or self.rng.random() < 0.5}

    def spoil(self, operation, fields):
        """Make fields hostile: wrong values, unknown names, missing ones."""
        rng, fields = self.rng, dict(fields)
        for _ in range(rng.choice([1, 1, 2])):
            names = list(operation.fields) or ["title"]
            match rng.randrange(5):
                case 0 | 1 | 2: fields[rng.choice(names)] = self.wrong()
                case 3: fields.pop(rng.choice(names), None)
                case 4: fields[rng.choice([*TEXTS[:12], "titel", "speaker_entity", "profile"])] = self.wrong()
        return fields

    def damage(self, data):
        """Change bytes: flip, cut, repeat, insert."""
        rng, data = self.rng, bytearray(data)
        for _ in range(rng.choice([1, 1, 3, 10])):
            place = rng.randrange(len(data) + 1)
            match rng.randrange(4):
                case 0 if data: data[place % len(data)] ^= 1 << rng.randrange(8)
                case 1: del data[place:place + rng.choice([1, 10, 1_000])]
                case 2: data[place:place] = data[:rng.choice([1, 20, 500])]
                case 3: data[place:place] = rng.choice([b"\0", b"\xff", b"{", b"]", b'"', b",", b"\\u", b"1e999", b"\xed\xa0\x80"])
        return bytes(data)

    def confine(self, operation, data):
        """Keep what corrects listens to the hostile profiles: without one it would rightly touch everybody's."""
        if operation.name not in SELECTING:
            return data
        try:
            fields = json.loads(data)
        except ValueError:
            return data
        if isinstance(fields, dict) and fields.get("profile") not in VICTIMS:
            data = json.dumps({**fields, "profile": self.rng.choice(VICTIMS)}).encode()
        return data

    def harvest(self, answer):
        """Learn ids from an answer, so that later requests name something that exists."""
        for known, pattern in ((self.undo_ids, rb'"undo_id":"([^"]+)"'), (self.playlist_ids, rb'"id":"([0-9a-f-]{36})"')):
            found = re.search(pattern, answer)
            if found:
                known.append(found[1].decode())
                del known[:-50]
