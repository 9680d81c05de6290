// Undoes Slack's three escapes, and decides which links may be followed.

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** @param {string} text */
export function decode(text) {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[/** @type {keyof ENTITIES} */ (entity)]);
}

/** What a person typed, as Slack's own client would send it. @param {string} text */
export function escape(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

const FOLLOWED = new Set(["http:", "https:", "mailto:", "tel:"]);

/** The address if it is one a person may be sent to, else null: `javascript:` never becomes a link. @param {string} url */
export function safeUrl(url) {
  try {
    const parsed = new URL(url);
    return FOLLOWED.has(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}
