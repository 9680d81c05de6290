// Connects blocks to the sandbox: what a press or a choice in a message, a modal or the App Home does.

import { act } from "./api.js";
import { FormState } from "./blocks/form_state.js";
import { store } from "./store.js";
import { complain } from "./overlays/toast.js";
import { plainText } from "./text/text_object.js";
import { noticed } from "./first_steps.js";

/** @typedef {import("./types.js").Surface} Surface */

/**
 * @type {Map<string, FormState>} what is entered in a message survives the message being drawn again
 */
const forms = new Map();

/** @param {string} channel @param {import("./types.js").Message} message @returns {Surface} */
export function messageSurface(channel, message) {
  const key = `${store.me} ${channel} ${message.ts}`;
  const form = new FormState(forms.get(key));
  forms.set(key, form);
  return surface("message", form, { channel, message_ts: message.ts });
}

/** @param {import("./types.js").View} view @param {FormState} [previous] @returns {Surface} */
export function viewSurface(view, previous) {
  return surface(view.type, new FormState(previous), { view_id: view.id });
}

/**
 * @param {Surface["kind"]} kind
 * @param {FormState} form
 * @param {Record<string, string>} place
 * @returns {Surface}
 */
function surface(kind, form, place) {
  const where = (/** @type {any} */ block, /** @type {any} */ element) => ({
    user: store.me,
    ...place,
    block_id: block.block_id,
    action_id: element.action_id,
  });
  return {
    kind,
    form,
    async act(block, element, change) {
      const label = plainText(element.text);
      return tried(async () => {
        await act("act/click", { ...where(block, element), ...change, values: form.values() });
        if (label) noticed("button", label);
      });
    },
    async options(block, element, typed) {
      /** @type {any} */
      let answer = [];
      await tried(async () => {
        answer = await act("act/options", { ...where(block, element), value: typed });
      });
      return answer.option_groups ? answer : answer.options ?? [];
    },
    async attach(block, element, file) {
      /** @type {any} */
      let answer = {};
      await tried(async () => {
        const content = await inBase64(file);
        answer = await act("act/attach", { ...where(block, element), name: file.name, content });
      });
      return answer.file ?? null;
    },
  };
}

/** @param {File} file @returns {Promise<string>} */
export function inBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result).replace(/^[^,]*,/, "")));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}

/** @param {() => Promise<void>} work */
async function tried(work) {
  try {
    await work();
    return true;
  } catch (refusal) {
    complain(refusal);
    return false;
  }
}
