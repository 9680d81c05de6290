// The shapes the control API speaks, written down once for readers and editors; no code lives here.

/**
 * @typedef {object} Team
 * @property {string} id
 * @property {string} name
 * @property {string} domain
 *
 * @typedef {object} Command
 * @property {string} command
 * @property {string} [description]
 * @property {string} [usage_hint]
 *
 * @typedef {object} App
 * @property {string} id
 * @property {string} name
 * @property {string} bot_user_id
 * @property {string} [description]
 * @property {Command[]} commands
 * @property {{name: string, type: "global"|"message", callback_id: string, description?: string}[]} shortcuts
 * @property {boolean} [home_tab]
 * @property {boolean} [messages_tab]
 *
 * @typedef {object} User
 * @property {string} id
 * @property {string} name
 * @property {string} real_name
 * @property {string} [email]
 * @property {string} [tz]
 * @property {boolean} [is_bot]
 * @property {boolean} [is_restricted]
 * @property {boolean} [deleted] deactivated: known by name, but nobody one chooses
 * @property {string} [title]
 *
 * @typedef {object} Channel
 * @property {string} id
 * @property {string} name
 * @property {boolean} is_private
 * @property {boolean} is_im
 * @property {boolean} [is_mpim]
 * @property {boolean} is_archived
 * @property {string} topic
 * @property {string} purpose
 * @property {string[]} members
 * @property {{id: string, title: string, link: string, emoji?: string}[]} bookmarks
 * @property {string[]} pins
 * @property {{id: string, title: string, in_tab: boolean}[]} [canvases] what those in it may read
 * @property {string} [user] the partner, in a direct message
 *
 * @typedef {object} Workspace
 * @property {Team} team
 * @property {App} app
 * @property {User[]} users
 * @property {Channel[]} channels
 * @property {{now: number|string, mode: "real"|"virtual"}} clock
 * @property {string} rate_limits
 * @property {boolean} [events_disabled] Slack has given up on an app that failed too often
 */

/**
 * @typedef {object} Message
 * @property {string} ts
 * @property {string} user
 * @property {string} [bot_id]
 * @property {string} [username] a name the app chose for this message
 * @property {{emoji?: string}} [icons] a picture the app chose for this message
 * @property {string} text
 * @property {Block[]} [blocks]
 * @property {Record<string, any>[]} [attachments]
 * @property {Record<string, any>[]} [files]
 * @property {string} [thread_ts]
 * @property {number} [reply_count]
 * @property {string[]} [reply_users]
 * @property {string} [latest_reply]
 * @property {{user: string, ts: string}} [edited]
 * @property {string} [subtype]
 * @property {{name: string, users: string[]}[]} [reactions]
 * @property {boolean} pinned
 * @property {boolean} ephemeral
 *
 * @typedef {Record<string, any> & {type: string, block_id?: string}} Block
 * @typedef {Record<string, any> & {type: string, action_id?: string}} Element
 * @typedef {{type: string, text: string, emoji?: boolean, verbatim?: boolean}} TextObject
 * @typedef {{text: TextObject, value: string, description?: TextObject, url?: string}} Option
 *
 * @typedef {object} View
 * @property {string} id
 * @property {"modal"|"home"} type
 * @property {TextObject} [title]
 * @property {TextObject} [submit]
 * @property {TextObject} [close]
 * @property {Block[]} blocks
 * @property {string} [hash]
 *
 * @typedef {{type: string} & Record<string, any>} FieldState
 * @typedef {Record<string, Record<string, FieldState>>} Values
 *
 * @typedef {object} Entry one line of the journal
 * @property {number} n
 * @property {number|string} at
 * @property {"delivery"|"ack"|"api_call"|"finding"} kind
 * @property {number} [ms]
 */

/**
 * Where blocks are shown, and what happens when somebody uses them.
 *
 * @typedef {object} Surface
 * @property {"message"|"modal"|"home"} kind
 * @property {import("./blocks/form_state.js").FormState} form
 * @property {(block: Block, element: Element, change: Record<string, any>) => Promise<boolean>} act
 * @property {(block: Block, element: Element, typed: string) => Promise<Option[]>} options
 * @property {(block: Block, element: Element, file: File) => Promise<Record<string, any>|null>} attach
 */

export {};
