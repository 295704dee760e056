// Has the server keep what the agent has begun to write, a moment after the last key, one call at a time per
// conversation. What could not be kept is tried again when the connection is back.
import * as calls from '../wire/calls';

export interface DraftHost {
  draft(id: string): string;
  isMine(id: string): boolean;
}

const kPauseMs = 700;

export class DraftKeeper {
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly kept = new Map<string, string>();  // as the server has it
  private readonly saving = new Set<string>();
  private readonly unsaved = new Set<string>();

  constructor(private readonly host: DraftHost) {}

  changed(id: string): void {
    clearTimeout(this.timers.get(id));
    this.timers.set(id, setTimeout(() => void this.save(id), kPauseMs));
  }

  learned(id: string, text: string): void {
    this.kept.set(id, text);
  }

  // The server forgets the draft of whoever said something: what was written since is kept anew.
  said(id: string): void {
    this.kept.delete(id);
    if (this.host.draft(id)) this.changed(id);
  }

  cameBack(): void {
    for (const id of this.unsaved) this.changed(id);
    this.unsaved.clear();
  }

  private async save(id: string): Promise<void> {
    if (this.saving.has(id)) return this.changed(id);
    const text = this.host.draft(id);
    if (!this.host.isMine(id) || text === (this.kept.get(id) ?? '')) return;
    this.saving.add(id);
    const answer = await calls.keepDraft(id, text);
    this.saving.delete(id);
    if (answer.ok) this.kept.set(id, text);
    else if (calls.isPassing(answer.refusal)) this.unsaved.add(id);
    if (this.host.draft(id) !== text) this.changed(id);
  }
}
