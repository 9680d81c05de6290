// Undoes Slack's three escapes, and decides which links may be followed.

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** @param {string} text */
export function decode(text) {
  return text.replace(
    /&(?:amp|lt|gt);/g,
    (entity) => ENTITIES[/** @type {keyof ENTITIES} */ (entity)],
  );
}

const FOLLOWED = new Set(["http:", "https:", "mailto:", "tel:"]);

/**
 * The address if it is one a person may be sent to, else null: `javascript:` never becomes a link.
 *
 * @param {string} url
 */
export function safeUrl(url) {
  try {
    const parsed = new URL(url);
    return FOLLOWED.has(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}
