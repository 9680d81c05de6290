// Turns what a person typed into what Slack's own client would send: escaped, with mentions and links resolved.

import { store } from "../store.js";
import { escape } from "./entities.js";

const WORD = /(https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)\]'"])|(?<![\p{L}\p{N}_])([@#])([\p{L}\p{N}._-]+)/gu;

/** @param {string} typed */
export function compose(typed) {
  let text = "";
  let from = 0;
  for (const match of typed.matchAll(WORD)) {
    text += escape(typed.slice(from, match.index)) + word(match);
    from = match.index + match[0].length;
  }
  return text + escape(typed.slice(from));
}

/** @param {RegExpMatchArray} match */
function word([whole, url, sign, name]) {
  if (url) return `<${escape(url)}>`;
  if (sign === "@" && /^(?:here|channel|everyone)$/.test(name)) return `<!${name}>`;
  const list = sign === "@" ? store.workspace?.users : store.workspace?.channels.filter((channel) => !channel.is_im);
  const bare = name.replace(/[.]+$/, "");
  const found = list?.find((one) => one.name === bare);
  return found ? `<${sign}${found.id}>${name.slice(bare.length)}` : escape(whole);
}
