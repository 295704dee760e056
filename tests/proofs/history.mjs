// The driver's own history of what it was promised, and the check of a transcript against it. Knows nothing of the
// product but the public protocol.
import { createHash } from 'node:crypto';

/** Histories of millions of messages keep digests instead of the texts. */
export const digest = (text) => createHash('sha1').update(text ?? '').digest('base64url').slice(0, 16);

/** What one citizen sent and was told in one conversation, in order. */
export class History {
  constructor(name) {
    this.name = name;
    this.sent = []; // {id, digest, ackSeq}
    this.byId = new Map();
    this.events = new Map(); // seq → digest of what was shown live
  }

  /** What write() wrote, read again. */
  static read(line) {
    const { name, sent, events } = JSON.parse(line);
    const history = new History(name);
    for (const [id, textDigest, ackSeq] of sent) history.add({ id, digest: textDigest, ackSeq });
    history.events = new Map(events);
    return history;
  }

  /** One line, for a file of histories; `more` is kept beside it. */
  write(more) {
    return JSON.stringify({ ...more, name: this.name, events: [...this.events],
      sent: this.sent.map((entry) => [entry.id, entry.digest, entry.ackSeq]) });
  }

  add(entry) {
    this.sent.push(entry);
    this.byId.set(entry.id, entry);
  }

  send(id, text) {
    this.add({ id, digest: digest(text), ackSeq: null });
  }

  /** An acknowledgement must never change its mind. Returns a fault or null. */
  acknowledge(id, seq) {
    const entry = this.byId.get(id);
    if (!entry) return `${this.name}: acknowledged ${id}, which was never sent`;
    if (entry.ackSeq !== null && entry.ackSeq !== seq) {
      return `${this.name}: ${id} acknowledged as ${entry.ackSeq} and then as ${seq}`;
    }
    entry.ackSeq = seq;
    return null;
  }

  show(event) {
    const before = this.events.get(event.seq);
    const now = digest(event.text);
    this.events.set(event.seq, now);
    return before && before !== now ? `${this.name}: event ${event.seq} changed its text` : null;
  }
}

const isMessage = (event, from) => event.from === from && event.kind === 'message';

/** Compares the whole transcript, read after the last restart, with the history. */
export function checkTranscript(history, transcript) {
  const faults = { lost: [], doubled: [], reordered: [], changed: [] };
  let lastSeq = 0;
  for (const event of transcript) {
    if (event.seq <= lastSeq) faults.reordered.push(`${history.name}: seq ${event.seq} after ${lastSeq}`);
    lastSeq = event.seq;
  }
  checkCitizen(history, transcript, faults);
  checkReplies(history, transcript, faults);
  checkShown(history, transcript, faults);
  return faults;
}

function checkCitizen(history, transcript, faults) {
  const stored = transcript.filter((event) => isMessage(event, 'citizen'));
  const places = new Map();
  for (const [place, event] of stored.entries()) {
    if (places.has(event.id)) faults.doubled.push(`${history.name}: ${event.id} is stored twice`);
    places.set(event.id, place);
    if (!history.byId.has(event.id)) faults.changed.push(`${history.name}: ${event.id} was never sent`);
  }
  let lastPlace = -1;
  for (const entry of history.sent) {
    const place = places.get(entry.id);
    if (place === undefined) {
      if (entry.ackSeq !== null) faults.lost.push(`${history.name}: ${entry.id} was acknowledged and is gone`);
      continue;
    }
    const event = stored[place];
    if (digest(event.text) !== entry.digest) {
      faults.changed.push(`${history.name}: ${entry.id} reads «${event.text}»`);
    }
    if (entry.ackSeq !== null && event.seq !== entry.ackSeq) {
      faults.changed.push(`${history.name}: ${entry.id} was acknowledged as ${entry.ackSeq}, stored as ${event.seq}`);
    }
    if (place < lastPlace) faults.reordered.push(`${history.name}: ${entry.id} stands before what was sent earlier`);
    lastPlace = place;
  }
}

// Answered or handed over, once: whoever else answers does not name the message.
function checkReplies(history, transcript, faults) {
  const replies = new Map();
  for (const event of transcript) {
    const replies_to = event.from === 'bot' || event.kind === 'handoff' ? event.reply_to : null;
    if (replies_to) replies.set(replies_to, (replies.get(replies_to) ?? 0) + 1);
  }
  for (const entry of history.sent) {
    const count = replies.get(entry.id) ?? 0;
    if (count === 0 && entry.ackSeq !== null) faults.lost.push(`${history.name}: ${entry.id} was never answered`);
    if (count > 1) faults.doubled.push(`${history.name}: ${entry.id} was answered ${count} times`);
  }
}

function checkShown(history, transcript, faults) {
  const bySeq = new Map(transcript.map((event) => [event.seq, event]));
  for (const [seq, shown] of history.events) {
    const stored = bySeq.get(seq);
    if (!stored) faults.lost.push(`${history.name}: event ${seq} was shown and is gone`);
    else if (digest(stored.text) !== shown) faults.changed.push(`${history.name}: event ${seq} was shown otherwise`);
  }
}

/**
 * The check's own negative control: a true transcript with one fault of each kind put in must be found faulty.
 * Needs at least two messages that were answered. Gives the faults that were caught, and `all`.
 */
export function checkTheCheck(history, transcript) {
  const citizens = transcript.filter((event) => isMessage(event, 'citizen'));
  const bots = transcript.filter((event) => isMessage(event, 'bot'));
  if (citizens.length < 2 || bots.length < 2) return { all: false };
  const [first, second] = citizens;
  const replace = (from, to) => transcript.map((event) => (event === from ? to : event));
  const faulty = {
    lost: transcript.filter((event) => event !== citizens.at(-1)),
    answer_lost: transcript.filter((event) => event !== bots.at(-1)),
    doubled: [...transcript, { ...first, seq: transcript.at(-1).seq + 1 }],
    answer_doubled: [...transcript, { ...bots[0], seq: transcript.at(-1).seq + 1 }],
    reordered: replace(first, { ...second, seq: first.seq }).map((event) => (event === second
      ? { ...first, seq: second.seq } : event)),
    sequence_reordered: [...transcript].reverse(),
    changed: replace(first, { ...first, text: `${first.text}.` }),
  };
  const caught = {};
  for (const [kind, events] of Object.entries(faulty)) {
    const faults = checkTranscript(history, events);
    const expected = kind.split('_').at(-1);
    caught[kind] = faults[expected].length > 0;
  }
  return { ...caught, all: Object.values(caught).every(Boolean) };
}
