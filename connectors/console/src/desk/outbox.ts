// What the agent has said and the server has not confirmed: sent one at a time per conversation, so that it arrives in
// the order it was written, and sent again with the same id for as long as nobody answers.
import * as calls from '../wire/calls';
import type { Agent, DeskEvent } from '../wire/types';
import { withEvent, type Outgoing, type Thread } from './thread';

export interface OutboxHost {
  thread(id: string): Thread | undefined;
  setThread(thread: Thread): void;
  isLive(): boolean;
  author(): { me: Agent | null; clockAheadMs: number };
  refused(conversation: string, refusal: calls.Refusal): void;
}

const kRetryMs = 2_000;

export class Outbox {
  private readonly draining = new Set<string>();

  constructor(private readonly host: OutboxHost) {}

  add(id: string, text: string): void {
    const thread = this.host.thread(id);
    if (!thread) return;
    const message: Outgoing = { id: calls.newId(), text, state: 'sending' };
    this.host.setThread({ ...thread, outgoing: [...thread.outgoing, message] });
    void this.drain(id);
  }

  // The words of the message, which is no longer tried.
  remove(id: string, messageId: string): string {
    const thread = this.host.thread(id);
    const message = thread?.outgoing.find((o) => o.id === messageId);
    if (!thread || !message) return '';
    this.host.setThread({ ...thread, outgoing: thread.outgoing.filter((o) => o !== message) });
    return message.text;
  }

  // Everything that waits for a connection.
  resend(id: string): void {
    if (!this.host.thread(id)?.outgoing.some((o) => o.state === 'waiting')) return;
    this.change(id, (o) => (o.state === 'waiting' ? { ...o, state: 'sending' } : o));
    void this.drain(id);
  }

  // One that was refused, in the hope that the reason is gone.
  retry(id: string, messageId: string): void {
    this.change(id, (o) => (o.id === messageId ? { ...o, state: 'sending', refusal: undefined } : o));
    this.resend(id);
    void this.drain(id);
  }

  private async drain(id: string): Promise<void> {
    if (this.draining.has(id)) return;
    this.draining.add(id);
    try {
      for (;;) {
        const next = this.host.thread(id)?.outgoing.find((o) => o.state !== 'refused');
        if (!next || next.state !== 'sending' || !(await this.sendOne(id, next))) return;
      }
    } finally {
      this.draining.delete(id);
    }
  }

  private async sendOne(id: string, message: Outgoing): Promise<boolean> {
    const answer = await calls.sayInConversation(id, message.id, message.text);
    if (answer.ok) {
      this.acknowledged(id, message, answer.value);
      return true;
    }
    const { refusal } = answer;
    const passing = calls.isPassing(refusal);
    if (passing) this.change(id, (o) => (o.state === 'sending' ? { ...o, state: 'waiting' } : o));
    else this.change(id, (o) => (o.id === message.id ? { ...o, state: 'refused', refusal } : o));
    if (passing && refusal.status !== 401 && this.host.isLive()) this.resendSoon(id, refusal);
    this.host.refused(id, refusal);
    return !passing;
  }

  private resendSoon(id: string, refusal: calls.Refusal): void {
    const wait = Math.max(refusal.retry_after_ms ?? 0, kRetryMs * (0.5 + Math.random()));
    setTimeout(() => this.resend(id), wait);
  }

  private acknowledged(id: string, message: Outgoing, stored: { seq: number; text?: string }): void {
    const thread = this.host.thread(id);
    if (!thread) return;
    const outgoing = thread.outgoing.filter((o) => o.id !== message.id);
    if (thread.events.some((event) => event.seq === stored.seq)) {
      this.host.setThread({ ...thread, outgoing });
      return;
    }
    const { me, clockAheadMs } = this.host.author();
    const event: DeskEvent = {
      seq: stored.seq,
      at: new Date(Date.now() + clockAheadMs).toISOString(),
      from: 'agent',
      kind: 'message',
      text: stored.text ?? message.text,
      name: me?.display_name,
      agent: me?.name,
    };
    this.host.setThread(withEvent({ ...thread, outgoing }, event, ''));
  }

  private change(id: string, change: (message: Outgoing) => Outgoing): void {
    const thread = this.host.thread(id);
    if (thread) this.host.setThread({ ...thread, outgoing: thread.outgoing.map(change) });
  }
}
