// A first Slack app with bolt-js: a command opens a form, a button thanks whoever presses it.

import { App } from '@slack/bolt';

const bySocket = 'SLACK_APP_TOKEN' in process.env;
const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL ?? 'https://slack.com/api/' },
  ...(bySocket
    ? { socketMode: true, appToken: process.env.SLACK_APP_TOKEN }
    : { signingSecret: process.env.SLACK_SIGNING_SECRET }),
});

const plain = (text) => ({ type: 'plain_text', text });

app.command('/hello', async ({ ack, body, client }) => {
  await ack();
  const name = { type: 'plain_text_input', action_id: 'typed', initial_value: body.text };
  await client.views.open({
    trigger_id: body.trigger_id,
    view: {
      type: 'modal',
      callback_id: 'name',
      private_metadata: body.channel_id,
      title: plain('Say hello'),
      submit: plain('Say it'),
      blocks: [{ type: 'input', block_id: 'name', label: plain('Name'), element: name }],
    },
  });
});

app.view('name', async ({ ack, view, client }) => {
  const name = view.state.values.name.typed.value;
  if (name.length > 20) {
    await ack({ response_action: 'errors', errors: { name: 'At most 20 letters, please.' } });
    return;
  }
  await ack();
  const button = { type: 'button', action_id: 'thank', text: plain('Thank you') };
  await client.chat.postMessage({
    channel: view.private_metadata,
    text: 'Hello!',
    blocks: [
      { type: 'section', text: plain(`Hello, ${name}!`) },
      { type: 'actions', elements: [button] },
    ],
  });
});

app.action('thank', async ({ ack, respond }) => {
  await ack();
  await respond({ text: 'You are welcome.', replace_original: false });
});

app.event('app_mention', async ({ event, say }) => {
  await say({ text: 'Type /hello to begin.', thread_ts: event.ts });
});

await app.start(process.env.PORT ?? 3000);
