// @ts-check
/** The event stream, read with fetch because an EventSource sends no token. */
import { request } from "./api.js";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
/** A stream without a heartbeat for this long is dead, as after a laptop slept. */
const SILENCE_MS = 40_000;

/** @typedef {{id: string, type: string, data: any}} StreamEvent */

/**
 * Follows the stream for ever: resumes after the last event, and waits longer from failure to failure.
 * @param {(event: StreamEvent) => void} onEvent
 * @param {(isOpen: boolean) => void} onState
 */
export async function follow(onEvent, onState) {
  let last = "";
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    try {
      await read(last, (event) => {
        wait = FIRST_WAIT_MS;
        last = event.id || last;
        onState(true);
        onEvent(event);
      });
    } catch {
      // The next try tells whether the daemon is back.
    }
    onState(false);
    await pause(wait * (0.75 + Math.random() / 2));
  }
}

/**
 * One connection, until it ends.
 * @param {string} last
 * @param {(event: StreamEvent) => void} onEvent
 */
async function read(last, onEvent) {
  const abort = new AbortController();
  let timer = 0;
  const alive = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => abort.abort(), SILENCE_MS);
  };
  try {
    alive();
    const response = await request("api/events", {
      signal: abort.signal, headers: { Accept: "text/event-stream", ...(last ? { "Last-Event-ID": last } : {}) },
    });
    if (!response.ok || !response.body) throw new Error(response.statusText);
    const parser = new EventParser(onEvent);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      alive();
      parser.take(part.value);
    }
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}

/** Waits, but not longer than until the page is looked at again. */
function pause(/** @type {number} */ milliseconds) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", end);
      resolve(undefined);
    };
    const timer = setTimeout(end, milliseconds);
    document.addEventListener("visibilitychange", end);
  });
}

/** Cuts the text of a stream into events (WHATWG HTML, 9.2.6). */
export class EventParser {
  #rest = "";
  #id = "";
  #type = "";
  /** @type {string[]} */
  #data = [];

  /** @param {(event: StreamEvent) => void} onEvent */
  constructor(onEvent) {
    this.onEvent = onEvent;
  }

  /** @param {string} text */
  take(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#line(line);
  }

  /** @param {string} line */
  #line(line) {
    if (line === "") return this.#end();
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") this.#data.push(value);
    else if (name === "event") this.#type = value;
    else if (name === "id") this.#id = value;
  }

  #end() {
    if (this.#data.length) this.onEvent({ id: this.#id, type: this.#type || "message", data: parsed(this.#data.join("\n")) });
    this.#data = [];
    this.#type = "";
  }
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
