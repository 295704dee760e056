// A desk whose service says exactly what a test tells it to, under the policy that the real one sends with the console.
//
//   const service = await ScriptedDesk.on(page);
//   const desk = await service.open();                         signed in, the overview shown
//   service.refuse('say', { status: 409, code: 'not_yours' }); how the next such call ends
//   service.change('c1', { owner: 'agent' });                  a card as the socket would tell it
//   service.event('c1', { from: 'citizen', text: 'hei' });
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

import { Desk } from './desk.mjs';
import { root } from './paths.mjs';
import { until } from './until.mjs';

const kOrigin = 'https://desk.example';
const kPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' wss://desk.example; "
  + "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const kTypes = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

export const kKari = { name: 'kari', display_name: 'Kari Nordås', roles: ['agent'] };
export const kOla = { name: 'ola', display_name: 'Ola Hella' };
export const kPassword = 'eit langt passord';
const kTopics = [
  { id: 'vatn.borte', title: 'Vatnet er borte' }, { id: 'veg.stengd', title: 'Stengd veg' },
  { id: 'boss.tommekalender', title: 'Tømmekalender' },
];
const kMunicipalities = {
  osteroy: { id: 'osteroy', name: 'Osterøy', full_name: 'Osterøy kommune', number: '4630', colour: '#7a1f2b' },
  gulen: { id: 'gulen', name: 'Gulen', full_name: 'Gulen kommune', number: '4635', colour: '#1d4e89' },
};
const kFacts = [
  { key: 'contact.phone', label: 'Sentralbord', value: '56 19 21 00', sample: false, source: 'https://kommune.example/' },
  { key: 'contact.hours', label: 'Opningstid', value: 'måndag–fredag kl. 09–15', sample: true, source: '' },
  { key: 'waste.company', label: 'Renovasjonsselskap', value: 'BIR', sample: false, source: 'https://bir.no/' },
  { key: 'waste.calendar_url', label: 'Tømmekalender', value: 'https://bir.no/', sample: false, source: '' },
  ...Array.from({ length: 9 }, (_, n) => (
    { key: `kindergarten.f${n}`, label: `Barnehage ${n}`, value: `${n} kroner`, sample: true, source: '' })),
];

const ago = (seconds) => new Date(Date.now() - seconds * 1000).toISOString();

class Conversation {
  constructor(id, municipality, fields) {
    this.id = id;
    this.municipality = kMunicipalities[municipality] ?? null;
    this.events = [];
    this.card = {
      id, owner: 'queue', agent: null, site: municipality ?? 'felles', language: 'nn', channel: 'webchat',
      waiting_since: ago(100), reason: 'asked', safety: null, topics: ['boss.tommekalender'],
      topic_title: 'Tømmekalender', ...fields,
    };
  }

  add(fields) {
    const event = {
      seq: (this.events.at(-1)?.seq ?? 0) + 1, at: ago(0), from: 'bot', kind: 'message', ...fields };
    this.events.push(event);
    return event;
  }

  picture() {
    const { municipality } = this;
    return {
      ...this.card,
      seq: this.events.at(-1)?.seq ?? 0,
      municipality: municipality && { id: municipality.id, name: municipality.name, colour: municipality.colour },
      last_at: this.events.at(-1)?.at ?? ago(0),
      preview: this.events.findLast?.((event) => event.from === 'citizen' && event.text)?.text
        ?? [...this.events].reverse().find((event) => event.from === 'citizen' && event.text)?.text ?? '',
    };
  }

  packet() {
    const { reason, language, channel, waiting_since, safety } = this.card;
    return {
      version: 1, reason, language, channel, waiting_since, safety,
      municipality: this.municipality && { ...this.municipality, facts: kFacts },
      controller: this.municipality?.id ?? 'osteroy',
      page: { url: 'https://www.osteroy.kommune.no/innhald/boss/', title: 'Boss og gjenvinning' },
      opened_at: ago(300), notice_version: '1', misses: 0,
      understood: [{
        seq: 2, topics: ['boss.tommekalender'], title: 'Tømmekalender', confidence: 0.97, how: 'rule',
        outcome: 'answer' }],
      articles_shown: [{ id: 'boss.tommekalender', title: 'Når vert bosset henta hos meg?' }],
    };
  }
}

export class ScriptedDesk {
  signedIn = true;
  reachable = true;
  calls = [];
  sockets = [];
  conversations = new Map();
  incidents = [];
  crisis = [];  // where a crisis may be declared
  replies = [];
  closed = [];
  #endings = [];
  team = [
    { ...kKari, availability: 'online', load: 1, capacity: 2 },
    { ...kOla, availability: 'phone', load: 2, capacity: 2 },
  ];

  static async on(page) {
    const desk = new ScriptedDesk();
    desk.page = page;
    await page.route(`${kOrigin}/desk/**`, (route) => desk.#file(route));
    await page.route(`${kOrigin}/desk/v1/**`, (route) => desk.#call(route));
    await page.routeWebSocket('wss://desk.example/desk/v1/socket', (route) => desk.#connected(route));
    return desk;
  }

  async open() {
    const desk = await Desk.open(this.page, kOrigin);
    await desk.live();
    return desk;
  }

  openSignedOut() {
    this.signedIn = false;
    return Desk.open(this.page, kOrigin);
  }

  // A conversation in which the citizen has asked for a person.
  conversation(id, municipality, fields = {}) {
    const made = new Conversation(id, municipality, fields);
    made.add({ from: 'citizen', text: `når vert bosset tømt (${id})` });
    made.add({
      text: 'BIR hentar bosset på Osterøy.', sample: true, links: [{ label: 'Tømmekalender', url: 'https://bir.no/' }],
      choices: [{ id: 'person', label: 'Snakk med eit menneske' }] });
    made.add({ from: 'citizen', text: 'eg vil snakke med eit menneske' });
    made.add({ from: 'system', kind: 'handoff', reason: made.card.reason, text: 'Eg set deg over til ein person.' });
    this.conversations.set(id, made);
    return made;
  }

  // One that Kari holds.
  held(id, municipality, agent = kKari) {
    const made = this.conversation(id, municipality, {
      owner: 'agent', agent: { name: agent.name, display_name: agent.display_name }, waiting_since: null });
    const { name, display_name } = agent;
    made.add({ from: 'agent', kind: 'joined', agent: name, name: display_name, text: 'No svarar eit menneske.' });
    return made;
  }

  tell(frame) { this.sockets.at(-1)?.send(JSON.stringify(frame)); }

  event(id, fields) {
    const conversation = this.conversations.get(id);
    const event = conversation.add(fields);
    this.tell({ type: 'event', conversation: id, event });
    this.tell({ type: 'card', card: conversation.picture() });
    return event;
  }

  change(id, fields) {
    Object.assign(this.conversations.get(id).card, fields);
    this.event(id, { from: 'system', kind: 'controller', text: undefined });
  }

  appears(conversation) { this.tell({ type: 'card', card: conversation.picture() }); }

  // The next call that ends in `verb` is refused, or cut off with `cut: true` before or `cut: 'after'` it took effect.
  refuse(verb, ending) { this.#endings.push({ verb, ...ending }); }

  signOut() {
    this.signedIn = false;
    this.tell({ type: 'signed_out' });
  }

  async heard(verb, count = 1) {
    const matching = () => this.calls.filter((call) => call.verb === verb);
    await until(() => matching().length >= count, { what: `${count} calls «${verb}»` });
    return matching()[count - 1];
  }

  async loseConnection() {
    this.reachable = false;
    await this.sockets.at(-1).close({ code: 1012 });
  }

  #file(route) {
    const name = new URL(route.request().url()).pathname.replace('/desk/', '') || 'index.html';
    const path = join(root, 'build/web/console', name);
    if (!existsSync(path)) return route.fulfill({ status: 404, body: '' });
    return route.fulfill({
      contentType: `${kTypes[extname(name)]}; charset=utf-8`,
      headers: { 'Content-Security-Policy': kPolicy },
      body: readFileSync(path),
    });
  }

  async #call(route) {
    if (!this.reachable) return route.abort('connectionrefused');
    const request = route.request();
    const path = new URL(request.url()).pathname.slice('/desk/v1/'.length).split('/');
    const verb = path.length > 2 ? path[2] : path[0] === 'conversations' ? 'read' : path[0];
    const body = request.postDataJSON?.() ?? null;
    if (request.method() !== 'GET') this.calls.push({ verb, id: path[1], body, headers: request.headers() });
    const at = this.#endings.findIndex((ending) => ending.verb === verb);
    const ending = at < 0 ? null : this.#endings.splice(at, 1)[0];
    if (ending?.cut === true) return route.abort('connectionreset');
    const answer = ending?.status ? refusal(ending) : this.#answer(verb, path[1], body);
    if (ending?.cut === 'after') return route.abort('connectionreset');
    return route.fulfill({
      status: answer.status ?? 200, contentType: 'application/json', body: JSON.stringify(answer.body ?? {}) });
  }

  #answer(verb, id, body) {
    if (verb === 'login') {
      if (body.name !== kKari.name || body.password !== kPassword) return refusal({ status: 401, code: 'wrong_login' });
      this.signedIn = true;
      return { body: { agent: kKari } };
    }
    if (!this.signedIn) return refusal({ status: 401, code: 'signed_out' });
    if (verb === 'me') return { body: { agent: kKari, texts_language: 'nn' } };
    if (verb === 'logout') {
      this.signedIn = false;
      return {};
    }
    if (verb === 'incidents' && id === 'topics') return { body: { topics: kTopics } };
    if (verb === 'incidents') return { body: this.#inIncidentLog(body) };
    if (verb === 'end') return { body: this.#endIncident(Number(id)) };
    if (verb === 'roster') return { body: { configured: false, fault_line: null, on: [] } };
    if (verb === 'transcripts') return { body: { found: this.closed, before: null } };
    if (verb === 'presence') {
      this.team[0].availability = body.availability;
      return { body: { colleagues: this.team } };
    }
    const conversation = this.conversations.get(id);
    if (!conversation) return refusal({ status: 404, code: 'not_found' });
    return this.#inConversation(conversation, verb, body);
  }

  #endIncident(id) {
    const incident = this.incidents.find((one) => one.id === id);
    incident.phase = 'ended';
    return { incident };
  }

  #inIncidentLog(body) {
    if (body) {
      this.incidents.push({
        id: this.incidents.length + 1, version: 1,
        municipality: kMunicipalities[body.municipality] ?? this.crisis.find(({ id }) => id === body.municipality),
        topic: body.topic ?? null, topic_title: kTopics.find(({ id }) => id === body.topic)?.title ?? null,
        text: { language: body.language, text: body.text },
        crisis: body.crisis === 1,
        second: body.second_text ? { language: body.second_language, text: body.second_text } : null, from: body.from,
        to: body.to, phase: 'running', author: kKari.name });
    }
    const municipalities = Object.values(kMunicipalities).map(({ id, name }) => ({ id, name }));
    return { incidents: this.incidents, municipalities, crisis: this.crisis, now: ago(0) };
  }

  #inConversation(conversation, verb, body) {
    const { id, card, events } = conversation;
    const agent = { agent: kKari.name, name: kKari.display_name };
    if (verb === 'read') return { body: { card: conversation.picture(), packet: conversation.packet(), events } };
    if (verb === 'take') {
      Object.assign(card, { owner: 'agent', agent: kKari, waiting_since: null });
      this.event(id, { from: 'agent', kind: 'joined', ...agent, text: 'No svarar eit menneske.' });
      return { body: { card: conversation.picture() } };
    }
    if (verb === 'draft') return { status: 204 };
    if (verb === 'replies') return { body: { replies: this.replies } };
    if (verb === 'units') return { body: { units: [{ id: 'teknisk', name: 'Teknisk eining' }] } };
    if (verb === 'say') {
      const known = events.find((event) => event.id === body.id);
      const event = known ?? this.event(id, { from: 'agent', id: body.id, ...agent, text: body.text });
      return { body: { seq: event.seq } };
    }
    const isClose = verb === 'close';
    Object.assign(card, { owner: isClose ? 'none' : 'bot', agent: null });
    const told = isClose ? { kind: 'closed', by: 'agent' } : { kind: 'left' };
    this.event(id, { from: 'agent', agent: kKari.name, ...told });
    this.tell({ type: 'gone', id });
    return {};
  }

  #connected(route) {
    if (!this.reachable || !this.signedIn) return route.close({ code: 1012 });
    this.sockets.push(route);
    route.onMessage((text) => {
      const frame = JSON.parse(text);
      this.calls.push({ verb: `socket ${frame.type}`, ...frame });
      if (frame.type === 'ping') route.send(JSON.stringify({ type: 'pong' }));
      if (frame.type !== 'watch') return;
      const { events } = this.conversations.get(frame.conversation);
      for (const event of events.filter(({ seq }) => seq > frame.after)) {
        route.send(JSON.stringify({ type: 'event', conversation: frame.conversation, event }));
      }
    });
    route.send(JSON.stringify(this.#overview()));
    this.tell({ type: 'team', colleagues: this.team });
    return undefined;
  }

  #overview() {
    const pictures = [...this.conversations.values()].map((conversation) => conversation.picture());
    const isMine = (card) => card.agent?.name === kKari.name;
    return {
      type: 'overview', now: ago(0),
      waiting: pictures.filter((card) => card.owner === 'queue'),
      mine: pictures.filter((card) => card.owner === 'agent' && isMine(card)),
      others: pictures.filter((card) => card.owner === 'agent' && !isMine(card)),
    };
  }
}

function refusal({ status, code, text = 'Nei.', ...rest }) {
  return { status, body: { error: { code, text, ...rest } } };
}
