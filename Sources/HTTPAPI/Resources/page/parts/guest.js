// @ts-check
/** Guest mode of a speaker. */
import { api, part } from "../api.js";
import { speakerName } from "../people.js";
import { t } from "../text.js";
import { attempt, toast } from "../toast.js";

/**
 * Turns guest mode on or off, and offers to undo it.
 * @param {import("../house.js").Speaker} speaker
 * @param {boolean} guest
 */
export const setGuest = (speaker, guest) => attempt(async () => {
  const path = `api/speakers/${part(speaker.speaker_name)}/guest`;
  await api.put(path, { guest });
  toast(t(guest ? "guest.on" : "guest.off", { speaker: speakerName(speaker.speaker_name) }),
    async () => { await api.put(path, { guest: !guest }); });
});
