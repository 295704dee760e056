// Who may speak in a conversation, read from its log as the desk has it, by rules of its own.

/** What is wrong with a whole log; empty when nothing is. */
export function ownershipFaults(events) {
  const faults = [];
  const seen = new Set();
  const answered = new Set();
  let speaker = 'bot'; // or 'nobody', or an agent's name
  events.forEach((event, index) => {
    const note = (what) => faults.push(`seq ${event.seq}: ${what}`);
    if (event.seq !== index + 1) note('out of sequence');
    if (event.id && seen.has(event.id)) note(`${event.id} is stored twice`);
    if (event.id) seen.add(event.id);
    if (event.from === 'bot' || event.kind === 'handoff') {
      if (speaker !== 'bot') note('the bot spoke');
      if (answered.has(event.reply_to)) note(`${event.reply_to} was answered twice`);
      answered.add(event.reply_to);
    }
    if (event.kind === 'handoff') speaker = 'nobody';
    if (event.kind === 'returned' || event.kind === 'reopened') speaker = 'bot';
    if (event.kind === 'joined') {
      if (speaker !== 'bot' && speaker !== 'nobody') note(`${event.agent} joined while ${speaker} held it`);
      speaker = event.agent;
    } else if (event.agent) {
      if (event.agent !== speaker) note(`${event.agent} acted while ${speaker} held it`);
      if (event.kind === 'left') speaker = 'bot';
      if (event.kind === 'closed') speaker = 'nobody';
    }
  });
  return faults;
}

/** The check's own negative control: whether each fault is found that is put into a true log with an agent in it. */
export function findsFaultsPutIn(events) {
  const joined = events.findIndex((event) => event.kind === 'joined');
  const bot = events.find((event) => event.from === 'bot');
  if (joined < 0 || !bot) return false;
  const insert = (event) => {
    const faulty = [...events];
    faulty.splice(joined + 1, 0, event);
    return faulty.map((each, index) => ({ ...each, seq: index + 1 }));
  };
  const found = (event, what) => ownershipFaults(insert(event)).some((fault) => fault.includes(what));
  return found({ ...events[joined], agent: 'somebody' }, 'joined while')
    && found({ ...bot, reply_to: 'another' }, 'the bot spoke')
    && found({ kind: 'message', from: 'agent', agent: 'somebody', id: 'x', text: '' }, 'acted while');
}
