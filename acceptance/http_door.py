"""Tries the HTTP front door of the real daemon with other people's clients.

Starts a broker and a daemon of its own on free ports of this machine, and stops them again. Run by
'make acceptance-http', which installs what stands in http_door-requirements.txt.
"""

import json
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import liblistenbrainz
from prometheus_client.parser import text_string_to_metric_families

CHECKS = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "unsupported_method", "allow_header_conformance", "negative_data_rejection",
    "missing_required_header",
]
EXAMPLES = 40


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(url, method="GET", body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read().decode()


def wait_until_well(url, daemon):
    for _ in range(200):
        try:
            return ask(f"{url}/healthz")
        except OSError:
            assert daemon.poll() is None, "haunt ended instead of starting"
            time.sleep(0.1)
    raise SystemExit("haunt did not become healthy")


def check_listenbrainz(url):
    token = json.loads(ask(f"{url}/api/profiles/anna/token", "POST"))["token"]
    client = liblistenbrainz.ListenBrainz(api_base_url=url)
    try:
        client.set_auth_token("wrong")
        raise SystemExit("a wrong token was called valid")
    except liblistenbrainz.errors.InvalidAuthTokenException:
        client.set_auth_token(token)
    now = int(time.time())
    listens = [
        liblistenbrainz.Listen(
            track_name=f"Song {number}", artist_name="Band", listened_at=now - 300 * (number + 1),
            additional_info={"duration_ms": 200_000}, listening_from="acceptance")
        for number in range(20)
    ]
    assert client.submit_single_listen(listens[0]) == {"status": "ok"}
    assert client.submit_multiple_listens(listens) == {"status": "ok"}
    assert client.submit_playing_now(liblistenbrainz.Listen("Song now", "Band")) == {"status": "ok"}
    profile = json.loads(ask(f"{url}/api/profiles/anna"))
    assert profile["stats"]["event_count"] == 20, profile
    try:
        client.set_auth_token("wrong", check_validity=False)
        client.submit_single_listen(listens[0])
        raise SystemExit("a wrong token was taken")
    except liblistenbrainz.errors.ListenBrainzAPIException as error:
        assert error.status_code == 401, error
    print("ListenBrainz's client: 20 listens submitted, one of them twice, 20 stored")
    return token


def check_metrics(url):
    families = {family.name: family for family in text_string_to_metric_families(ask(f"{url}/metrics"))}
    for name, kind in [
        ("haunt_listens", "counter"), ("haunt_rejected", "counter"), ("haunt_messages", "counter"),
        ("haunt_rebuild_seconds", "histogram"), ("haunt_generation_seconds", "histogram"),
        ("haunt_queue_depth", "gauge"), ("haunt_store_bytes", "gauge"),
    ]:
        assert families[name].type == kind, name
    stored = sum(
        sample.value for sample in families["haunt_listens"].samples if sample.labels["rule"] == "payload")
    assert stored == 20, stored
    assert all(name.startswith("haunt_") for name in families)
    print(f"prometheus_client: {len(families)} metrics read")


def run_schemathesis(url, token, folder):
    tool = pathlib.Path(sys.executable).absolute().with_name("schemathesis")
    command = [
        tool, "run", f"{url}/openapi.json", "--checks", ",".join(CHECKS), "--max-examples", str(EXAMPLES),
        "--generation-deterministic", "--no-color", "--header", f"Authorization: Token {token}",
    ]
    return subprocess.run(command, check=False, cwd=folder).returncode


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        broker_port, port = free_port(), free_port()
        configuration = pathlib.Path(folder, "haunt.yaml")
        configuration.write_text(
            f"mqtt: {{url: 'mqtt://127.0.0.1:{broker_port}'}}\n"
            f"store: {{path: '{folder}/haunt.db'}}\nhttp: {{listen: '127.0.0.1:{port}'}}\n"
            "speakers:\n  - {name: media_player.study_speaker_2, profile: antialias}\n"
            "profiles: {names: [anna, guitar-hero]}\n")
        broker = subprocess.Popen(["mosquitto", "-p", str(broker_port)], stderr=subprocess.DEVNULL)
        log = open(pathlib.Path(folder, "haunt.log"), "w")
        daemon = subprocess.Popen([program, "serve", "--config", configuration], stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until_well(url, daemon)
            token = check_listenbrainz(url)
            check_metrics(url)
            status = run_schemathesis(url, token, folder)
            assert daemon.poll() is None, "haunt did not survive"
            return status
        finally:
            daemon.send_signal(signal.SIGTERM)
            ended = daemon.wait(10)
            broker.terminate()
            broker.wait(10)
            if ended != 0:
                print(pathlib.Path(folder, "haunt.log").read_text()[-5000:])
                raise SystemExit(f"haunt ended with {ended}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
