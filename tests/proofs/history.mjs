// The driver's own history of what it was promised, and the check of a transcript against it. Knows nothing of the
// product but the public protocol.

/** What one citizen sent and was told, in order. */
export class History {
  constructor(name) {
    this.name = name;
    this.sent = []; // {id, text, ackSeq}
    this.byId = new Map();
    this.events = new Map(); // seq → what was shown live
  }

  send(id, text) {
    const entry = { id, text, ackSeq: null };
    this.sent.push(entry);
    this.byId.set(id, entry);
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
    this.events.set(event.seq, event);
    if (before && before.text !== event.text) return `${this.name}: event ${event.seq} changed its text`;
    return null;
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
    if (event.text !== entry.text) faults.changed.push(`${history.name}: ${entry.id} reads «${event.text}»`);
    if (entry.ackSeq !== null && event.seq !== entry.ackSeq) {
      faults.changed.push(`${history.name}: ${entry.id} was acknowledged as ${entry.ackSeq}, stored as ${event.seq}`);
    }
    if (place < lastPlace) faults.reordered.push(`${history.name}: ${entry.id} stands before what was sent earlier`);
    lastPlace = place;
  }
}

function checkReplies(history, transcript, faults) {
  const replies = new Map();
  for (const event of transcript) {
    if (event.reply_to && event.from === 'bot') replies.set(event.reply_to, (replies.get(event.reply_to) ?? 0) + 1);
  }
  for (const entry of history.sent) {
    if (entry.ackSeq === null) continue;
    const count = replies.get(entry.id) ?? 0;
    if (count === 0) faults.lost.push(`${history.name}: ${entry.id} was never answered`);
    if (count > 1) faults.doubled.push(`${history.name}: ${entry.id} was answered ${count} times`);
  }
}

function checkShown(history, transcript, faults) {
  const bySeq = new Map(transcript.map((event) => [event.seq, event]));
  for (const [seq, event] of history.events) {
    const stored = bySeq.get(seq);
    if (!stored) faults.lost.push(`${history.name}: event ${seq} was shown and is gone`);
    else if (stored.text !== event.text)
      faults.changed.push(`${history.name}: event ${seq} was shown as «${event.text}»`);
  }
}
