// A small app made with bolt-js: `node app.mjs http` or `node app.mjs socket`.
// It says on standard output, as one JSON object, when it is ready and at which port.

import { App, LogLevel } from '@slack/bolt';

const BEANS = ['Arabica', 'Bourbon', 'Robusta'];

/** @param {string} text */
const plain = (text) => ({ type: 'plain_text', text });

/** @param {string} text */
const option = (text) => ({ text: plain(text), value: text.toLowerCase() });

/** The form that the command and the shortcut open; it remembers where to post. */
const form = (/** @type {string} */ channel) => ({
  type: 'modal',
  callback_id: 'order',
  private_metadata: channel,
  title: plain('A cup of coffee'),
  submit: plain('Order'),
  close: plain('Never mind'),
  blocks: [
    {
      type: 'input',
      block_id: 'name',
      label: plain('Name'),
      element: { type: 'plain_text_input', action_id: 'typed', max_length: 40 },
    },
    {
      type: 'input',
      block_id: 'beans',
      label: plain('Beans'),
      optional: true,
      element: { type: 'external_select', action_id: 'beans', min_query_length: 1 },
    },
  ],
});

const card = (/** @type {string} */ name) => [
  { type: 'section', text: { type: 'plain_text', text: `A cup for ${name}`, emoji: false } },
  {
    type: 'actions',
    elements: [
      { type: 'button', action_id: 'done', text: plain('Done'), style: 'primary', value: name },
      {
        type: 'static_select',
        action_id: 'size',
        placeholder: plain('Size'),
        options: [option('Small'), option('Large')],
      },
    ],
  },
];

const home = {
  type: 'home',
  blocks: [{ type: 'header', text: plain('The coffee corner') }],
};

/** @param {App} app */
function listen(app) {
  app.command('/hello', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: form(body.channel_id) });
  });

  app.shortcut('greet', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: form('') });
  });

  app.shortcut('greet_back', async ({ ack, respond }) => {
    await ack();
    await respond({ text: 'Coffee is on its way.' });
  });

  app.options('beans', async ({ ack, payload }) => {
    const typed = payload.value.toLowerCase();
    await ack({ options: BEANS.filter((bean) => bean.toLowerCase().includes(typed)).map(option) });
  });

  app.view('order', async ({ ack, body, view, client }) => {
    const name = view.state.values.name.typed.value ?? '';
    if (name.includes(' ')) {
      await ack({ response_action: 'errors', errors: { name: 'One word, please.' } });
      return;
    }
    await ack();
    const channel = view.private_metadata || body.user.id;
    await client.chat.postMessage({ channel, text: `A cup for ${name}`, blocks: card(name) });
  });

  app.action('done', async ({ ack, body, client, respond }) => {
    await ack();
    const place = { channel: body.channel.id, ts: body.message.ts };
    await client.chat.update({ ...place, text: 'Served', blocks: [] });
    await respond({ text: 'You served it.', replace_original: false });
  });

  app.action('size', async ({ ack, action, respond }) => {
    await ack();
    const size = action.selected_option.text.text;
    await respond({ text: `${size} it is.`, replace_original: false });
  });

  app.event('app_mention', async ({ event, say }) => {
    await say({ text: 'You called?', thread_ts: event.ts });
  });

  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({ user_id: event.user, view: home });
  });

  app.error(async (error) => {
    process.stderr.write(`${error.stack ?? error}\n`);
  });
}

const { SLACK_API_URL, SLACK_APP_TOKEN, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET } = process.env;
const bySocket = process.argv[2] === 'socket';
const app = new App({
  token: SLACK_BOT_TOKEN,
  clientOptions: { slackApiUrl: SLACK_API_URL },
  logLevel: LogLevel.ERROR,
  ...(bySocket
    ? { socketMode: true, appToken: SLACK_APP_TOKEN }
    : { signingSecret: SLACK_SIGNING_SECRET }),
});
listen(app);
const server = await app.start({ port: 0, host: '127.0.0.1' });
const port = bySocket ? null : server.address().port;
process.stdout.write(`${JSON.stringify({ ready: true, port })}\n`);
