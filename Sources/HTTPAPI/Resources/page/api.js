// @ts-check
/** The API of the daemon, below the address of the page, so that it works behind any prefix. */

const base = new URL("./", document.baseURI);
const KEPT = "haunt.token";

/** An answer that is an error, or none at all (status 0). */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message
   * @param {string | null} field
   */
  constructor(status, code, message, field = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

/**
 * @param {string} path below the page, as in `api/speakers`
 * @param {Record<string, any>} [query] empty values are left out
 */
function address(path, query = {}) {
  const url = new URL(path, base);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") url.searchParams.set(name, String(value));
  }
  return url;
}

/** @type {Promise<void> | null} */
let asking = null;

/** Asks for the token. Requests that need it at the same time wait for the same answer. */
function askOnce() {
  asking ??= import("./token.js").then(({ askForToken }) => askForToken(sessionStorage.getItem(KEPT) !== null)).then((token) => {
    sessionStorage.setItem(KEPT, token);
    asking = null;
  });
  return asking;
}

/**
 * A request with the token, repeated with another one while it is refused.
 * @param {string} path
 * @param {RequestInit & {query?: Record<string, any>}} options
 * @returns {Promise<Response>}
 */
export async function request(path, { query, ...options } = {}) {
  for (;;) {
    const headers = new Headers(options.headers);
    const token = sessionStorage.getItem(KEPT);
    if (token) headers.set("Authorization", `Bearer ${token}`);
    const response = await fetch(address(path, query), { ...options, headers }).catch((error) => {
      if (error.name === "AbortError") throw error;
      throw new Problem(0, "away", error.message);
    });
    if (response.status !== 401) return response;
    await (token === sessionStorage.getItem(KEPT) ? askOnce() : null);
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {{query?: Record<string, any>, body?: any, signal?: AbortSignal}} options
 */
async function call(method, path, { query, body, signal } = {}) {
  const isFile = body instanceof Blob;
  const response = await request(path, {
    method, query, signal,
    headers: body === undefined ? {} : { "Content-Type": isFile ? "application/octet-stream" : "application/json" },
    body: body === undefined || isFile ? body : JSON.stringify(body),
  });
  const answer = await response.json().catch(() => null);
  if (response.ok || (response.status === 503 && answer?.away)) return answer;
  const { code = "internal", message = response.statusText, field = null } = answer?.error ?? {};
  throw new Problem(response.status, code, message, field);
}

/**
 * A part of a path.
 * @param {string | number} value
 */
export const part = (value) => encodeURIComponent(value);

export const api = {
  /**
   * @param {string} path
   * @param {Record<string, any>} [query]
   * @param {AbortSignal} [signal]
   */
  get: (path, query, signal) => call("GET", path, { query, signal }),
  /**
   * @param {string} path
   * @param {any} [body]
   * @param {Record<string, any>} [query]
   */
  post: (path, body = {}, query) => call("POST", path, { body, query }),
  /**
   * @param {string} path
   * @param {any} body
   */
  put: (path, body) => call("PUT", path, { body }),
  /**
   * @param {string} path
   * @param {any} body
   */
  patch: (path, body) => call("PATCH", path, { body }),
  /**
   * @param {string} path
   * @param {Record<string, any>} [query]
   */
  remove: (path, query) => call("DELETE", path, { query }),
};
