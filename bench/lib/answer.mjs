// What is said in the benchmarks: the same words in every run and for every contender.

const TAIL_BYTES = 5 * 1024
/** What is read where an answer ends, where its head ends, and where a history ends; and nowhere else. */
export const LAST_WORDS = 'That is the whole answer.'
export const HEAD_WORDS = 'So much for the first half.'
export const HISTORY_WORDS = 'Nothing more was said.'

const section = (at) => `## ${at}. How the ${NOUNS[at % NOUNS.length]} is kept in step

Every replica follows **one leader**, and the leader writes each change to a log before it answers. When a replica falls behind it
asks for \`entries(${at * 16})\` and reads on from there; see [the notes on replication](https://example.com/notes/${at}) for the cases
in which *nobody* leads. Most of the time is spent waiting for the disk, not for the network, so batching pays twice.

- **Append** first, apply later: a change that was not written down has not happened.
- Keep the \`term\` beside each entry, since two leaders may have used the same index.
- Ask the ${NOUNS[(at + 3) % NOUNS.length]} before a snapshot is taken, and let it say no.

\`\`\`ts
export async function follow(leader: Peer, log: Log): Promise<void> {
  for await (const entry of leader.entries(log.length)) {
    if (entry.term < log.term) throw new Error(\`old term \${entry.term}\`)
    log.append(entry)
  }
  return log.flush({ sync: true, at: ${at} })
}
\`\`\`

| Part | Reads a second | Writes a second | Kept |
|---|---:|---:|---|
| leader | ${4000 + at * 7} | ${900 + at * 3} | **always** |
| follower | ${9000 + at * 11} | 0 | \`${at + 3}\` days |
| witness | 0 | 0 | never |

> A witness votes and stores nothing. It is cheap, and it is enough for a majority.

1. Stop the clients of the ${NOUNS[(at + 1) % NOUNS.length]}.
2. Wait until the log is empty on **all** of them.
3. Start the new ones, one at a time.

`

const NOUNS = ['ledger', 'index', 'mailbox', 'calendar', 'inventory', 'timeline', 'catalogue']

/** Its tail, the last 5 KB, is the same at every length. */
function makeAnswer(kilobytes) {
  let tail = ''
  for (let at = 901; tail.length < TAIL_BYTES - section(at).length / 2; at++) tail += section(at)
  let head = ''
  for (let at = 1; head.length < kilobytes * 1024 - TAIL_BYTES - section(at).length / 2; at++) head += section(at)
  return { head: `${head}${HEAD_WORDS}\n\n`, tail: tail + LAST_WORDS }
}

/** Pieces of about four characters, as models say them. */
function tokensOf(text) {
  const lengths = [3, 5, 4, 2, 6, 4, 4]
  const tokens = []
  for (let at = 0; at < text.length;) {
    const length = lengths[tokens.length % lengths.length]
    tokens.push(text.slice(at, at + length))
    at += length
  }
  return tokens
}

/** An answer as the tokens before and in its tail. */
export function answerOf(kilobytes) {
  const { head, tail } = makeAnswer(kilobytes)
  return { text: head + tail, head: tokensOf(head), tail: tokensOf(tail) }
}

/** A thread of questions and answers of a few lines, the newest last. */
export function historyOf(count) {
  return Array.from({ length: count }, (_, at) =>
    at % 2 === 0
      ? {
          type: 'user',
          text: `Question ${at}: what becomes of the ${NOUNS[at % NOUNS.length]} when the leader is gone?`,
        }
      : { type: 'bot', text: shortAnswer(at, at === count - 1) },
  )
}

function shortAnswer(at, last) {
  const noun = NOUNS[(at * 5) % NOUNS.length]
  const paragraph = `The **${noun}** is read by everybody and written by one. If that one is gone the others *vote*, and \`${noun}.lead()\` says who won; [more on votes](https://example.com/votes/${at}).`
  const list = `\n\n- Votes are kept for ${at % 30} days.\n- A vote of **term ${at}** beats an older one.\n- Nobody votes twice.`
  const code = `\n\n\`\`\`ts\nconst leader = await ${noun}.elect({ term: ${at} })\nif (!leader) throw new Error('no majority')\n\`\`\``
  const kinds = [paragraph, paragraph + list, paragraph + code, `${paragraph} ${paragraph}${list}`]
  return `${kinds[(at >> 1) % kinds.length]}${last ? `\n\n${HISTORY_WORDS}` : ''}`
}
