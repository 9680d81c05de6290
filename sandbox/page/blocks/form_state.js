// What has been chosen and typed in one view or message, in the shape of Slack's `state.values`.

/** @typedef {import("../types.js").FieldState} FieldState */

/** Which keys of an element become which keys of its state. */
const INITIAL = /** @type {const} */ ([
  ["initial_value", "value"],
  ["initial_option", "selected_option"],
  ["initial_options", "selected_options"],
  ["initial_user", "selected_user"],
  ["initial_users", "selected_users"],
  ["initial_channel", "selected_channel"],
  ["initial_channels", "selected_channels"],
  ["initial_conversation", "selected_conversation"],
  ["initial_conversations", "selected_conversations"],
  ["initial_date", "selected_date"],
  ["initial_time", "selected_time"],
  ["initial_date_time", "selected_date_time"],
]);

/**
 * The key of a state in which an element of this type keeps its choice; none for buttons and the like.
 */
export const STATE_KEY = /** @type {Record<string, string>} */ ({
  plain_text_input: "value",
  email_text_input: "value",
  url_text_input: "value",
  number_input: "value",
  rich_text_input: "rich_text_value",
  file_input: "files",
  static_select: "selected_option",
  external_select: "selected_option",
  radio_buttons: "selected_option",
  multi_static_select: "selected_options",
  multi_external_select: "selected_options",
  checkboxes: "selected_options",
  users_select: "selected_user",
  multi_users_select: "selected_users",
  channels_select: "selected_channel",
  multi_channels_select: "selected_channels",
  conversations_select: "selected_conversation",
  multi_conversations_select: "selected_conversations",
  datepicker: "selected_date",
  timepicker: "selected_time",
  datetimepicker: "selected_date_time",
});

export class FormState {
  /**
   * @param {FormState} [previous] what was entered stays where a view is replaced by its next version
   */
  constructor(previous) {
    /** @type {Map<string, {block: string, action: string, state: FieldState, touched: boolean}>} */
    this.fields = new Map();
    this.previous = previous;
    if (previous) previous.previous = undefined;
  }

  /**
   * Called as an element is drawn; returns what it should show.
   *
   * @param {import("../types.js").Block} block
   * @param {import("../types.js").Element} element
   * @returns {any}
   */
  open(block, element) {
    const key = STATE_KEY[element.type];
    const name = nameOf(block, element);
    const kept = this.previous?.fields.get(name);
    const same = kept?.touched && kept.state.type === element.type;
    const state = same ? kept.state : { type: element.type, [key]: initial(element, key) };
    this.fields.set(
      name,
      {
        block: block.block_id ?? "",
        action: element.action_id ?? "",
        state,
        touched: Boolean(same),
      },
    );
    return state[key];
  }

  /**
   * @param {import("../types.js").Block} block
   * @param {import("../types.js").Element} element
   * @param {any} chosen
   */
  set(block, element, chosen) {
    const state = { type: element.type, [STATE_KEY[element.type]]: chosen };
    const field = {
      block: block.block_id ?? "",
      action: element.action_id ?? "",
      state,
      touched: true,
    };
    this.fields.set(nameOf(block, element), field);
  }

  /** @returns {import("../types.js").Values} */
  values() {
    /** @type {import("../types.js").Values} */
    const values = {};
    for (const { block, action, state } of this.fields.values()) {
      values[block] = { ...values[block], [action]: state };
    }
    return values;
  }
}

/** @param {import("../types.js").Block} block @param {import("../types.js").Element} element */
function nameOf(block, element) {
  return `${block.block_id ?? ""}\n${element.action_id ?? ""}`;
}

/** @param {import("../types.js").Element} element @param {string} key */
function initial(element, key) {
  if (element.type === "rich_text_input") return element.initial_value ?? null;
  const source = INITIAL.find(([from, to]) => to === key && element[from] !== undefined);
  if (source) return element[source[0]];
  return key.endsWith("s") ? [] : null;
}

/** Whether nothing has been chosen or typed. @param {any} chosen */
export function isEmpty(chosen) {
  return chosen === null || chosen === undefined || chosen === "" || (Array.isArray(chosen) && !chosen.length);
}
