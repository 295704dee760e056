// The lists of the desk as pure functions over what the server has sent.
import type { Card } from '../wire/types';

// Waiting cards stand in the server's order; the others are sorted when shown.
export interface Cards {
  byId: ReadonlyMap<string, Card>;
  waiting: readonly string[];
}

export const kNoCards: Cards = { byId: new Map(), waiting: [] };

export function fromOverview(waiting: Card[], mine: Card[], others: Card[]): Cards {
  const byId = new Map<string, Card>();
  for (const card of [...others, ...mine, ...waiting]) byId.set(card.id, card);
  return { byId, waiting: waiting.map((card) => card.id) };
}

// The server's own rule: what may be dangerous first, then who has waited longest.
function goesBefore(a: Card, b: Card): boolean {
  if (Boolean(a.safety) !== Boolean(b.safety)) return Boolean(a.safety);
  return (a.waiting_since ?? '') < (b.waiting_since ?? '');
}

function placed(order: readonly string[], byId: ReadonlyMap<string, Card>, card: Card): string[] {
  const at = order.findIndex((id) => {
    const other = byId.get(id);
    return other !== undefined && goesBefore(card, other);
  });
  const place = at < 0 ? order.length : at;
  return [...order.slice(0, place), card.id, ...order.slice(place)];
}

export function withCard(cards: Cards, card: Card): Cards {
  const before = cards.byId.get(card.id);
  if (before && before.seq > card.seq) return cards;  // an older picture that arrived late
  const byId = new Map(cards.byId).set(card.id, card);
  const rest = cards.waiting.filter((id) => id !== card.id);
  if (card.owner !== 'queue') return { byId, waiting: rest };
  const unmoved =
    before?.owner === 'queue' &&
    before.safety === card.safety &&
    before.waiting_since === card.waiting_since &&
    rest.length < cards.waiting.length;
  return { byId, waiting: unmoved ? cards.waiting : placed(rest, byId, card) };
}

export function withoutCard(cards: Cards, id: string): Cards {
  if (!cards.byId.has(id)) return cards;
  const byId = new Map(cards.byId);
  byId.delete(id);
  return { byId, waiting: cards.waiting.filter((other) => other !== id) };
}

export function waitingCards(cards: Cards): Card[] {
  return cards.waiting.flatMap((id) => cards.byId.get(id) ?? []);
}

export function agentsCards(cards: Cards, me: string, whose: 'mine' | 'others'): Card[] {
  return [...cards.byId.values()]
    .filter((card) => card.owner === 'agent' && (card.agent?.name === me) === (whose === 'mine'))
    .sort((a, b) => (a.last_at < b.last_at ? 1 : a.last_at > b.last_at ? -1 : 0));
}

// Offered to me, or I am invited to read along, and somebody else has it.
export function isForMe(card: Card, me: string): boolean {
  if (card.owner === 'agent' && card.agent?.name === me) return false;
  return card.transfer?.to === me || (card.invited ?? []).includes(me);
}

export function cardsForMe(cards: Cards, me: string): Card[] {
  return [...cards.byId.values()].filter((card) => isForMe(card, me));
}

// Whether the citizen has written in a conversation of mine between the two pictures of it.
export function hasNewWords(before: Card | undefined, after: Card, me: string): boolean {
  const isMine = after.owner === 'agent' && after.agent?.name === me;
  return isMine && before !== undefined && before.preview !== after.preview;
}
