import type { Subject, Tool } from './words.ts'

const STATUS: Tool = {
  name: 'readDeviceLog',
  arguments: { device: '{device}' },
  result: { device: '{device}', firmware: '{version}', online: false, lastError: 'E-1042 no route to hub' },
}

export const BUGS: Subject = {
  topic: 'bugs',
  team: 'technical',
  bots: { 'bot-technical': 9, 'bot-support': 1 },
  dataset: 'dataset-api-docs',
  tags: ['app', 'firmware', 'api', 'sync', 'crash'],
  openings: [
    {
      title: ['App crashes when I open {product}', 'Crash since version {version}'],
      ask: [
        'Since the update to {version} the app closes as soon as I tap on the {product}.',
        'The app crashes every time. I have installed it anew twice.',
      ],
      answer: [
        'That is a known fault of {version} with two homes in one account. The repaired version comes on {soon}; until then, remove the second home and add it again later.',
        'Thank you. Please send a log: **Settings → Help → Send log**. With it I can see which part fails.',
      ],
      tool: STATUS,
    },
    {
      title: ['401 from the API', 'API returns 401 with a valid token'],
      ask: [
        'I get a 401 with this:\n\n```ts\nconst response = await fetch(url, { headers: { Authorization: token } })\n```\n\nThe token is right. What am I missing?',
        'The API says 401 since this morning. The same script has run for months.',
      ],
      answer: [
        'The name of the scheme is missing:\n\n```ts\nconst response = await fetch(url, {\n  headers: { Authorization: `Bearer ${token}` },\n})\nif (!response.ok) throw new Error(`The API said ${response.status}`)\n```\n\nWithout it the token is not looked at.',
        'Tokens end after 90 days, and yours ended this night. Make a new one under **Developers → Tokens**; the old one cannot be renewed.',
      ],
      thought:
        'A 401, not a 403: the token was not accepted at all. Look at the header first, then at the age of the token.',
    },
    {
      title: ['{product} goes offline at night', 'Device {device} is offline'],
      ask: [
        'My {product} is offline every night at three and comes back when I pull the plug.',
        'Device {device} cannot be reached. The light blinks red twice.',
      ],
      answer: [
        'Its log says `E-1042 no route to hub` at 03:00. That is when your router changes its channel. Set the channel to a fixed one, 1, 6 or 11.',
        'Two red blinks mean that it has no address:\n\n1. Unplug it and wait for ten seconds.\n2. Hold the button while you plug it in, until it blinks white.\n3. Add it in the app as a new device. Its settings come back by themselves.',
      ],
      thought: 'Every night at 03:00, and it comes back after a restart. That smells of the router, not of the device.',
      tool: STATUS,
    },
    {
      title: ['Webhook is sent twice', 'Duplicate events from the API'],
      ask: [
        'We get every webhook twice, about a second apart. Is that on purpose?',
        'Your webhook has sent 4,000 events for one change. Our database was not amused.',
      ],
      answer: [
        'An event is sent again when your server does not answer within two seconds. Answer first, work later, and drop what you have seen:\n\n```python\ndef handle(event):\n    if not seen.add(event["id"]):\n        return\n    queue.put(event)\n```',
        'Each event has an `id` that stays the same when it is sent again. Store it, and ignore what you know.',
      ],
    },
    {
      title: ['Wrong temperature', 'The sensor shows 85 °C'],
      ask: [
        'The sensor in the bedroom shows 85 °C. It is cold in here.',
        'Since firmware {version} the {product} shows Fahrenheit although I chose Celsius.',
      ],
      answer: [
        '85 °C is what the sensor says when it has just been switched on and has measured nothing. Renew the batteries; if it stays, we send a new one.',
        'I can see it here too. It is reported as `HL-{number}`, and you get a mail when it is done.',
      ],
      tool: STATUS,
    },
    {
      title: ['Export has broken characters', 'CSV shows “Ã¼” and not “ü”'],
      ask: [
        'In your CSV file all umlauts are broken when I open it: MÃ¼ller.',
        'The export cannot be imported again: line 214 has one column too many.',
      ],
      answer: [
        'The file is UTF-8, and the program guesses something else. Use **Import** and choose UTF-8 there, then Müller is Müller again.',
        'There is a line break in a name, which is allowed inside quotes. This reads it right:\n\n```bash\npython -c "import csv,sys; print(sum(1 for _ in csv.reader(sys.stdin)))" < export.csv\n```',
      ],
    },
  ],
  more: [
    {
      ask: ['Which version do I need?', 'Is there a newer firmware?'],
      answer: [
        'Version {version} is the newest. Devices take it at night, when they are on power and idle.',
        'You have the newest one.',
      ],
      tool: STATUS,
    },
    {
      ask: [
        'Here is the log:\n\n```\n03:00:01 WARN  route lost\n03:00:04 ERROR E-1042 no route to hub\n03:00:34 INFO  retry 1 of 5\n```',
        'The log says E-1042, what is that?',
      ],
      answer: [
        '`E-1042` means that the device has an address, but does not find the hub. Are both in the same network? Guest networks keep devices apart.',
        'E-1042: no route to hub. Move it closer, or add a repeater.',
      ],
    },
    {
      ask: ['How many calls may I make?', 'Is there a rate limit?'],
      answer: [
        'It depends on the plan:\n\n| Plan | Calls a minute | Webhooks |\n| --- | ---: | ---: |\n| Free | 60 | 1 |\n| Plus | 300 | 10 |\n| Pro | 1,200 | 50 |\n\nBeyond that the answer is a 429 with `Retry-After`.',
      ],
    },
    {
      ask: ['Do you have an example in JavaScript?', 'How do I read all pages of a list?'],
      answer: [
        'Go on from the cursor until a page is empty:\n\n```js\nlet cursor\ndo {\n  const page = await api.devices.list({ cursor })\n  for (const device of page.items) console.log(device.name)\n  cursor = page.cursor\n} while (cursor)\n```\n\nA page has 100 items at most.',
      ],
    },
    {
      ask: ['Will my schedules be lost if I reset it?', 'Does a reset delete everything?'],
      answer: [
        'No: schedules are kept in your account and come back. Only the name of the network is forgotten.',
        'A short press restarts it. Fifteen seconds make it new, and then everything is gone.',
      ],
    },
    {
      ask: ['When will it be fixed?', 'Any news on this?'],
      answer: [
        'It is planned for version {version}, which comes on {soon}.',
        'I have no date that I could promise. You are on the list and get a mail.',
        'We are working on it.',
      ],
      tool: {
        name: 'findIssue',
        arguments: { issue: 'HL-{number}' },
        result: { issue: 'HL-{number}', state: 'planned', version: '{version}' },
      },
    },
  ],
}
