// What the agent does with a conversation, one thing at a time. A command that may have taken effect unseen is sent
// again with its first id.
import * as calls from '../wire/calls';
import type { Card } from '../wire/types';
import type { Thread, Verb } from './thread';

export type Details = Record<string, string>;

interface Around {
  thread(id: string): Thread | undefined;
  setThread(thread: Thread): void;
  taken(card: Card): void;
  refused(id: string, refusal: calls.Refusal): boolean;  // true: the session is over
}

export class Commands {
  private readonly ids = new Map<string, string>();

  constructor(private readonly around: Around) {}

  // Resolves true when it took effect.
  async run(id: string, verb: Verb, details: Details = {}): Promise<boolean> {
    const thread = this.around.thread(id);
    if (!thread || thread.busy) return false;
    this.around.setThread({ ...thread, busy: verb, commandRefusal: null });
    const key = `${verb} ${id} ${JSON.stringify(details)}`;
    const answer = await this.perform(key, id, verb, details);
    const now = this.around.thread(id);
    if (answer.ok) {
      this.ids.delete(key);
      if (now) this.around.setThread({ ...now, busy: null });
      if (verb === 'take') this.around.taken((answer.value as { card: Card }).card);
    } else if (!this.around.refused(id, answer.refusal) && now) {
      this.around.setThread({ ...now, busy: null, commandRefusal: { verb, refusal: answer.refusal } });
    }
    return answer.ok;
  }

  // A message that did not arrive, or may not have. Resolves true when it is on its way.
  async sendAgain(id: string, seq: number, evenIfTwice: boolean): Promise<boolean> {
    const thread = this.around.thread(id);
    if (!thread || thread.busy) return false;
    this.around.setThread({ ...thread, busy: 'send-again', commandRefusal: null });
    const answer = await calls.sendAgain(id, seq, evenIfTwice);
    const isOver = !answer.ok && this.around.refused(id, answer.refusal);
    const now = this.around.thread(id);
    const commandRefusal = answer.ok ? null : { verb: 'send-again' as const, refusal: answer.refusal };
    if (now && !isOver) this.around.setThread({ ...now, busy: null, commandRefusal });
    return answer.ok;
  }

  // The first in the queue; null when nobody waits that this agent may take.
  async takeNext(): Promise<calls.Answer<Card | null>> {
    const answer = await calls.takeNext();
    if (!answer.ok) return answer;
    if (answer.value.card) this.around.taken(answer.value.card);
    return { ok: true, value: answer.value.card };
  }

  // What the queue offers me.
  async accept(id: string): Promise<calls.Answer<Card>> {
    const answer = await calls.takeConversation(id);
    if (!answer.ok) return answer;
    this.around.taken(answer.value.card);
    return { ok: true, value: answer.value.card };
  }

  async passOn(id: string): Promise<calls.Answer<unknown>> {
    return calls.actOnConversation(id, 'decline', calls.newId(), {});
  }

  private perform(key: string, id: string, verb: Verb, details: Details): Promise<calls.Answer<unknown>> {
    if (verb === 'take') return calls.takeConversation(id);
    const commandId = this.ids.get(key) ?? calls.newId();
    this.ids.set(key, commandId);
    return calls.actOnConversation(id, verb, commandId, details);
  }
}
