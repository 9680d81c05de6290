"""Texts that people and machines send to break whatever shows them again.

Each has a name, so that a failing test says which one got through; `HOSTILE_TEXTS` holds them all.
`LONGEST` is as long as Slack lets a message be.
"""

from collections.abc import Mapping

MENTIONS: Mapping[str, str] = {
    "broadcast_channel": "<!channel> wake up",
    "broadcast_here": "<!here>",
    "broadcast_everyone": "<!everyone|everyone>",
    "broadcast_labelled": "<!channel|a harmless word>",
    "broadcast_by_name": "@channel @here @everyone",
    "broadcast_escaped_twice": "&amp;lt;!channel&amp;gt;",
    "broadcast_escaped": "&lt;!channel&gt;",
    "broadcast_across_lines": "<!chan\nnel> <!\nhere>",
    "mention_of_a_user": "<@U0000000000> and <@U0000000000|the boss>",
    "mention_of_a_group": "<!subteam^S0000000000|@everybody>",
    "mention_of_a_channel": "<#C0000000000|secrets>",
    "mention_by_name": "@alice @bob #general",
    "link_in_disguise": "<https://evil.example|https://slack.com/signin>",
    "link_bare": "https://evil.example/a?b=1&c=2 evil.example/path evil@mail.example",
    "link_to_a_script": "<javascript:alert(1)|Reset your password>",
    "link_by_mail": "<mailto:boss@example.com|Write to the boss>",
    "markdown_link": "[Sign in](https://evil.example) ![](https://evil.example/pixel.png)",
    "date_token": "<!date^0^{date_pretty}^https://evil.example|never>",
    "unclosed": "<!channel <@U0000000000 <https://evil.example",
    "nested": "<<!channel>> <<@U0000000000>>",
    "ampersands": "&amp;&lt;&gt;&amp;amp;lt; & < > &#60; &nosuch;",
}

MARKUP: Mapping[str, str] = {
    "code_fence": "```\nrm -rf /\n```",
    "code_fence_nested": "```\nouter\n```\ninner ``` still `inner` ``` open",
    "code_fence_unclosed": "```\nthis never ends",
    "backticks": "`one` ``two`` ```` four ````",
    "stars_and_dashes": "*bold* _italic_ ~struck~ *unclosed _crossed* over_ ~",
    "quote_and_lists": "> quoted\n&gt; escaped\n* item\n1. item\n# Heading\n---",
    "emoji_names": ":fire: :no_such_emoji: ::: :+1::skin-tone-6:",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "html_attribute": "\"><svg onload=alert(1)> ' onmouseover='alert(1)",
    "template": "${7*7} {{7*7}} <%= 7*7 %> #{7*7} %s %d %n {0} {__class__}",
    "sql": "'; DROP TABLE incidents; --",
    "json": '{"type": "section"}\\", "blocks": []',
    "formula": '=HYPERLINK("https://evil.example")',
    "terminal": "\x1b[2J\x1b]0;owned\x07",
    "path": "../../../../etc/passwd",
    "header": "title\r\nX-Injected: yes",
    "command": "/hello inside a text",
}

LETTERS: Mapping[str, str] = {
    "bidi_override": "invoice\u202egnp.exe",
    "bidi_isolates": "\u2066left\u2069 \u2067right\u2069 \u2068first\u2069 \u200fmark\u200e",
    "bidi_unclosed": "\u202b\u202e\u2067 and it goes on",
    "right_to_left": "حادثة في الدفع — שגיאה בתשלום — SEV1",
    "zero_width": "pay\u200bment\u200c is\u200d do\u2060wn\ufeff",
    "zero_width_broadcast": "<\u200b!channel> <!\u200bchannel> @\u200bchannel",
    "only_invisible": "\u200b\u200c\u200d\u2060\ufeff",
    "only_blank": " \t\u00a0\u2003\u3000 ",
    "emoji": "🔥🚨✅",
    "emoji_family": "👩‍👩‍👧‍👦 👍🏿 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇩🇪 ❤️",
    "four_bytes": "𝕊𝕃𝔸𝕋𝔼 𠜎 𝄞",
    "combining": "Z̸̢̛͎a̵͚͐l̷̖̂g̶̛̥o̸͓͠ e\u0301 \u00e9",
    "lookalikes": "аdmin ѕlack.com ＜！channel＞",
    "full_width": "＠ｃｈａｎｎｅｌ",
    "dotless_and_sharp": "İıẞßſ ﬁ ΣΑΣ",
    "line_separators": "one\u2028two\u2029three\x85four\x0bfive\x0csix",
    "control_letters": "bell\x07 backspace\x08 delete\x7f null\x00 end",
    "replacement": "\ufffd\ufffe\uffff",
    "typographic": "“quoted” ‘single’ — … ½ № ™",
    "no_spaces": "x" * 2_000,
    "many_lines": "\n" * 500 + "end",
}

LONGEST = 40_000

HOSTILE_TEXTS: Mapping[str, str] = {**MENTIONS, **MARKUP, **LETTERS}


def giant_text(length: int = LONGEST) -> str:
    """As many letters as asked for, of which every tenth takes four bytes."""
    return ("incident 🔥" * (length // 10 + 1))[:length]
