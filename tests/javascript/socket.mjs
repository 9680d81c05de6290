// `@slack/socket-mode` alone: answers `/hello`, and says what becomes of its connection.

import { LogLevel, SocketModeClient } from '@slack/socket-mode';

/** @param {object} news */
const tell = (news) => process.stdout.write(`${JSON.stringify(news)}\n`);

const client = new SocketModeClient({
  appToken: process.env.SLACK_APP_TOKEN,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
  logLevel: LogLevel.ERROR,
  // Before it reconnects the client waits this long.
  clientPingTimeout: 100,
});

for (const state of ['connected', 'reconnecting']) {
  client.on(state, () => tell({ state }));
}
client.on('slash_commands', async ({ body, ack }) => {
  await ack({ text: `Hello, ${body.text || 'you'}!` });
});
client.on('app_mention', async ({ event, ack, retry_num }) => {
  await ack();
  tell({ mentioned_by: event.user, retry_num });
});

await client.start();
