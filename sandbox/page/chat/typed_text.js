// Text as the person typed it: mentions are names again, escapes are characters.

import { channelName } from "../people.js";
import { userById } from "../store.js";
import { decode } from "../text/entities.js";

/** @param {string} text mrkdwn as it is stored */
export function readable(text) {
  const plain = text.replace(/<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>/g, (_whole, sign, target, label) => {
    if (sign === "@") return `@${userById(target)?.name ?? (label || target)}`;
    if (sign === "#") return `#${label || channelName(target)}`;
    return sign === "!" ? `@${target}` : target;
  });
  return decode(plain);
}
