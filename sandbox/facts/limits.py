"""Slack's numbers, gathered from its documentation, types and reference; the stricter of two."""

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
TEXT_TRUNCATED_AT = 40_000
UPDATE_TEXT = 4_000
MARKDOWN_TEXT = 12_000
# Undocumented: 13,200 characters were refused and once 11,341; we stay on the safe side.
CUMULATIVE_BLOCK_TEXT = 10_000
# Guessed: Markdown blocks together are held to MARKDOWN_TEXT; this is for them and the rest.
CUMULATIVE_TEXT_WITH_MARKDOWN = 12_000
TEXT_OBJECT = 3_000
SECTION_FIELDS = 10
SECTION_FIELD_TEXT = 2_000
HEADER_TEXT = 150
ACTIONS_ELEMENTS = 25
CONTEXT_ELEMENTS = 10
CONTEXT_ACTIONS_ELEMENTS = 5
BLOCK_ID = 255
ACTION_ID = 255
CALLBACK_ID = 255
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
AGENT_PROMPT = 4_000
ICON_BUTTON_VIEWERS = 10
URL = 3_000
ACCESSIBILITY_LABEL = 75
OPTION_TEXT = 75
OPTION_DESCRIPTION = 75
# Two sources say 150 and 75.
OPTION_VALUE = 75
OPTIONS = 100
OPTION_GROUPS = 100
OPTION_GROUP_LABEL = 75
OVERFLOW_OPTIONS = 5
CHOICE_OPTIONS = 10
PLACEHOLDER = 150
INPUT_LABEL = 2_000
INPUT_HINT = 2_000
INPUT_LENGTH = 3_000
RICH_TEXT_INPUT_LINES = 100
FILE_INPUT_FILES = 10
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30
IMAGE_URL = 3_000
ALT_TEXT = 2_000
IMAGE_TITLE = 2_000
# "Must be less than": Slack's types give 200 for the title and 49 for the author.
VIDEO_TITLE = 199
VIDEO_AUTHOR = 49
CARD_TITLE = 150
CARD_SUBTITLE = 150
CARD_BODY = 200
# No source gives a number; a guess on the stricter side.
CARD_ACTIONS = 5
CAROUSEL_CARDS = 10
CONTAINER_TITLE = 150
CONTAINER_SUBTITLE = 150
CONTAINER_BLOCKS = 10
# Known by hearsay only, as is the text of a table.
TABLES_PER_MESSAGE = 1
TABLE_ROWS = 100
TABLE_COLUMNS = 20
TABLE_TEXT = 10_000
DATA_TABLE_LEAST_ROWS = 2
DATA_TABLE_ROWS = 101
DATA_TABLE_COLUMNS = 20
DATA_TABLE_PAGE = 100
MODAL_TITLE = 24
MODAL_BUTTON = 24
PRIVATE_METADATA = 3_000
EXTERNAL_ID = 255
VIEW_BYTES = 250_000
VIEW_STACK = 3
CHANNEL_NAME = 80
TOPIC = 250
PURPOSE = 250
BOOKMARK_TITLE = 256
BOOKMARK_LINK = 2_048
INVITED_USERS = 100
OPENED_USERS = 8
ATTACHMENTS = 100
# Known by hearsay only.
ATTACHMENT_ACTIONS = 5
HISTORY_LIMIT = 999
REPLIES_LIMIT = 1_000
# "Under 1000" for some lists; of others nothing is said.
LIST_LIMIT = 999
VALIDATED_PAYLOAD = 100_000
SCHEDULED_DAYS = 120
# Per channel, in any five minutes.
SCHEDULED_MESSAGES = 30
SCHEDULED_WINDOW_SECONDS = 300
# A message about to be sent cannot be called back.
SCHEDULED_LOCK_SECONDS = 60
# Slack takes a gigabyte; here a file is kept in memory and in the state file.
FILE_BYTES = 7_000_000
SNIPPET_BYTES = 1_000_000
FILE_ALT_TEXT = 1_000
FILE_CHANNELS = 100
FILE_HIGHLIGHT_TYPE = 10
# Guessed: Slack says only that a canvas can be too large.
CANVAS_CHARACTERS = 100_000
USERGROUP_HANDLE = 21
# Known by hearsay only, all six.
USERGROUP_NAME = 80
USERGROUP_DESCRIPTION = 140
PINS = 100
BOOKMARKS = 100
# Known by hearsay only, as is what one person may add to it.
EMOJI_PER_MESSAGE = 50
REACTIONS_PER_USER = 23
METADATA_BYTES = 8_000

# To acknowledge a delivery, and to exchange its trigger for a view.
ANSWER_SECONDS = 3.0
RESPONSE_URL_SECONDS = 1_800.0
RESPONSE_URL_USES = 5
EVENT_RETRY_DELAYS = (0.0, 60.0, 300.0)
# Apps that chose Delayed Events are told again after the last of them, every hour for a day.
DELAYED_EVENT_DELAYS = (3_600.0,) * 24
EVENTS_PER_HOUR = 30_000
# More failures than this share within an hour switch subscriptions off, but not in quieter hours.
FAILURES_TOLERATED = 0.95
EVENTS_BEFORE_DISABLING = 1_000
# The sandbox's own: what is longer than a month is a mistake, not a plan.
LONGEST_WAIT_SECONDS = 31 * 86_400.0
# Apps turn away what claims to be older or newer than this.
SIGNATURE_SECONDS = 300.0
REDIRECTS = 2
# Slack says nothing about the size of answers to its requests: two of the largest views.
ANSWER_BYTES = 500_000
SOCKETS = 10
SOCKET_WARNING_SECONDS = 10.0
# What `hello` calls the approximate connection time in Slack's own example, about five hours.
SOCKET_SECONDS = 18_060.0
# With `debug_reconnects=true` in the address of the socket.
DEBUG_SOCKET_SECONDS = 360.0
# Nobody says how long a ticket is good for; clients use theirs at once.
TICKET_SECONDS = 30.0
# Undocumented both; Slack's clients give up after 20 to 30 seconds of silence themselves.
PING_SECONDS = 30.0
PONG_SECONDS = 10.0
# Whether an ack that comes over another socket than its envelope counts is not documented.
ACK_ON_ANOTHER_SOCKET_COUNTS = False
# Slack's clients close the old socket before they open the new one. How long Slack holds back what
# falls in between is not documented; the deadline of the ack runs meanwhile.
SOCKET_GAP_SECONDS = 2.0
# How long a socket that was told to refresh may still bring acks, likewise not documented.
SOCKET_FAREWELL_SECONDS = 2.0
