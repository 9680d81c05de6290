// `@slack/web-api` alone: calls many methods, and prints one JSON object of what came of them.

import { ErrorCode, LogLevel, WebClient, WebClientEvent } from '@slack/web-api';

const client = new WebClient(process.env.SLACK_BOT_TOKEN, {
  slackApiUrl: process.env.SLACK_API_URL,
  logLevel: LogLevel.ERROR,
});

/** The code and Slack's word for what was refused. */
async function refusal(/** @type {Promise<unknown>} */ call) {
  try {
    await call;
    return null;
  } catch (error) {
    return { code: error.code, error: error.data?.error };
  }
}

/** A channel of its own with somebody in it, and what its information says. */
async function rooms() {
  const { channel } = await client.conversations.create({ name: 'kitchen' });
  await client.conversations.setTopic({ channel: channel.id, topic: 'Coffee' });
  await client.conversations.setPurpose({ channel: channel.id, purpose: 'To drink' });
  const names = [];
  for await (const page of client.paginate('conversations.list', { limit: 1 })) {
    names.push(...page.channels.map((one) => one.name));
  }
  const { channel: info } = await client.conversations.info({ channel: channel.id });
  return { id: channel.id, names, topic: info.topic.value };
}

async function people(/** @type {string} */ channel) {
  const { members } = await client.users.list({});
  const alice = members.find((one) => one.name === 'alice');
  await client.conversations.invite({ channel, users: alice.id });
  const found = await client.users.lookupByEmail({ email: alice.profile.email });
  const { members: present } = await client.conversations.members({ channel });
  return { alice: alice.id, found: found.user.id, present };
}

async function messages(/** @type {string} */ channel, /** @type {string} */ user) {
  const { ts } = await client.chat.postMessage({ channel, text: 'Fresh coffee' });
  await client.chat.postMessage({ channel, thread_ts: ts, text: 'With milk' });
  await client.chat.update({ channel, ts, text: 'Cold coffee' });
  await client.chat.postEphemeral({ channel, user, text: 'Yours is on the left' });
  await client.reactions.add({ channel, timestamp: ts, name: 'coffee' });
  await client.pins.add({ channel, timestamp: ts });
  const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts });
  const { messages: thread } = await client.conversations.replies({ channel, ts });
  return { ts, permalink, thread: thread.map((one) => one.text) };
}

async function later(/** @type {string} */ channel) {
  const post_at = Math.floor(Date.now() / 1000) + 3600;
  const made = await client.chat.scheduleMessage({ channel, post_at, text: 'Time for tea' });
  const id = made.scheduled_message_id;
  const { scheduled_messages: waiting } = await client.chat.scheduledMessages.list({ channel });
  await client.chat.deleteScheduledMessage({ channel, scheduled_message_id: id });
  return { waiting: waiting.map((one) => one.id === id) };
}

async function upload(/** @type {string} */ channel_id) {
  const content = 'Grind, pour, wait.';
  const answer = await client.filesUploadV2({ channel_id, filename: 'recipe.txt', content });
  const [file] = answer.files.flatMap((one) => one.files);
  const { file: info } = await client.files.info({ file: file.id });
  return { name: info.name, size: info.size };
}

/** What is there to be read, method by method. */
async function readings(
  /** @type {string} */ channel,
  /** @type {string} */ user,
  /** @type {string} */ ts,
) {
  const mark = { type: 'link', title: 'Menu', link: 'http://menu.example/' };
  await client.bookmarks.add({ channel_id: channel, ...mark });
  const { bot_id } = await client.auth.test();
  return {
    bookmark: (await client.bookmarks.list({ channel_id: channel })).bookmarks[0].title,
    bot: (await client.bots.info({ bot: bot_id })).bot.name,
    emoji: (await client.emoji.list()).ok,
    files: (await client.files.list({ channel })).files.map((one) => one.name),
    groups: (await client.usergroups.list()).usergroups,
    history: (await client.conversations.history({ channel, limit: 1 })).messages.length,
    pinned: (await client.pins.list({ channel })).items.map((one) => one.message.text),
    profile: (await client.users.profile.get({ user })).profile.real_name,
    reactions: (await client.reactions.get({ channel, timestamp: ts })).message.reactions[0].name,
    rooms: (await client.users.conversations()).channels.map((one) => one.name),
    team: (await client.team.info()).team.name,
    zone: (await client.users.info({ user })).user.tz,
  };
}

/** Posts faster than allowed: the client is told to wait, waits, and all arrive. */
async function hurry(/** @type {string} */ channel) {
  let told = 0;
  client.on(WebClientEvent.RATE_LIMITED, () => {
    told += 1;
  });
  await client.chat.postMessage({ channel, text: 'One' });
  await client.chat.postMessage({ channel, text: 'Two' });
  return { told };
}

async function mistakes() {
  const { channel: room } = await client.conversations.create({ name: 'kitchen' });
  const channel = room.id;
  const stranger = new WebClient('xoxb-1', { slackApiUrl: process.env.SLACK_API_URL });
  return {
    nowhere: await refusal(client.chat.postMessage({ channel: 'C404', text: 'Hello?' })),
    twice: await refusal(client.conversations.create({ name: 'kitchen' })),
    nothing: await refusal(client.chat.postMessage({ channel, text: '' })),
    stranger: await refusal(stranger.auth.test()),
    platform: ErrorCode.PlatformError,
  };
}

const parts = {
  async walk() {
    const self = await client.auth.test();
    const room = await rooms();
    const who = await people(room.id);
    const said = await messages(room.id, who.alice);
    const planned = await later(room.id);
    const file = await upload(room.id);
    const read = await readings(room.id, who.alice, said.ts);
    return { self: self.user, room, who, said, planned, file, read };
  },
  mistakes,
  async hurry() {
    const { channel } = await client.conversations.create({ name: 'hurry' });
    return hurry(channel.id);
  },
};

process.stdout.write(`${JSON.stringify(await parts[process.argv[2]]())}\n`);
