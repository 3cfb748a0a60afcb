"""libFuzzer on the parsers of files, JSON, players' messages and topics, which begins with files of the generator and follows the coverage."""
import os
import pathlib
import random
import re
import shutil
import subprocess
import tempfile
import time

from files import Files
from grammar import Grammar
from processes import Fault

MINUTES = 10
# A short run would only build.
LEAST_SHARE = 0.2
# What the generator makes for each parser: JSON is read from lines of a recording. The last one has topics.
PARSERS = ("listens", "catalog", "recording", "recording", "topics")
HERE = pathlib.Path(__file__).parent


def fill(corpus, rng):
    """Files of each kind; the first byte chooses the parser, the second the size of the chunks."""
    files = Files(rng, Grammar({"paths": {}}, rng))
    corpus.mkdir()
    topics = [b"mqtts://user:secret@broker.example:8883", b"hass/+/#\nhass/media_player/study", b"/attributes/media_title"]
    for number in range(500):
        kind = number % len(PARSERS)
        data = rng.choice(topics) if kind == 4 else files.make(PARSERS[kind])[:8_000]
        (corpus / str(number)).write_bytes(bytes([kind, rng.choice([0, 1, 7, 64])]) + data)


def run(_haunt, seed, share, deadline):
    if share < LEAST_SHARE:
        return [("libFuzzer", "not in a short run")]
    build = HERE.parent / ".build/fuzz"
    built = subprocess.run([HERE / "fuzz/build", build], capture_output=True, text=True, check=False)
    if built.returncode and shutil.which("swiftc"):
        raise Fault(f"the program for libFuzzer cannot be built:\n{built.stderr.strip()[-1000:]}")
    if built.returncode:
        return [("libFuzzer", "not tried: there is no Swift compiler here")]
    folder = pathlib.Path(tempfile.mkdtemp(prefix="haunt-fuzz-"))
    fill(folder / "corpus", random.Random(f"fuzz {seed}"))
    seconds = max(10, min(MINUTES * 60 * share, deadline - time.monotonic()))
    done = subprocess.run(
        [build / "haunt-fuzz", f"-seed={seed + 1}", f"-max_total_time={seconds:.0f}", "-timeout=20", "-rss_limit_mb=800",
         "-max_len=16384", "-print_final_stats=1", f"-artifact_prefix={folder}/", folder / "corpus"],
        capture_output=True, text=True, errors="replace", check=False,
        # Swift's own backtrace would come before libFuzzer keeps the input.
        env=os.environ | {"LLVM_PROFILE_FILE": "/dev/null", "SWIFT_BACKTRACE": "enable=no"})
    if done.returncode:
        raise Fault(f"libFuzzer found an input, which is kept in {folder}:\n{done.stderr[-3000:]}")
    shutil.rmtree(folder)
    count = re.search(r"number_of_executed_units: (\d+)", done.stderr)[1]
    covered = re.findall(r"cov: (\d+)", done.stderr)
    return [("libFuzzer on files and messages", f"{int(count):,} inputs in {seconds:.0f} s, coverage {covered[0]} to {covered[-1]} edges, none does harm")]
