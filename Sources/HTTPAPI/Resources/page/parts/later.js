// @ts-check
/** What a tap opens: loaded with the first tap, so that the first view is there sooner. */

/** @typedef {import("../house.js").Speaker} Speaker */

/**
 * @param {Speaker} speaker
 * @param {import("../house.js").Listener | null} listener
 */
export const askWho = async (speaker, listener) => (await import("./who.js")).askWho(speaker, listener);

/**
 * @param {Speaker} speaker
 * @param {{profile?: string | null, guest?: boolean}} word
 */
export const setListener = async (speaker, word) => (await import("./who.js")).setListener(speaker, word);

/** @param {Speaker} speaker */
export const openWish = async (speaker) => (await import("./wish.js")).openWish(speaker);

/** @param {Speaker} speaker */
export const like = async (speaker) => (await import("./feedback.js")).like(speaker);

/** @param {Speaker} speaker */
export const notThis = async (speaker) => (await import("./feedback.js")).notThis(speaker);

/** @param {string} id */
export const openPlaylist = async (id) => (await import("./playlist.js")).openPlaylist(id);
