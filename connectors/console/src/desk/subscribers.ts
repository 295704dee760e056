// Who is told that the desk's state is another. What a person does is shown at once; frames that come in a burst (the
// morning's queue, a crisis) are shown together, because a page that is drawn anew for each falls behind.
export class Subscribers {
  private readonly listeners = new Set<() => void>();
  private inFrame = false;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  // Changes that `handle` makes are told when the frames that wait behind this one are handled too.
  frame(handle: () => void): void {
    this.inFrame = true;
    try {
      handle();
    } finally {
      this.inFrame = false;
    }
  }

  // A hidden page draws nothing, and its timers sleep: there the title and the notice go first.
  changed(): void {
    if (!this.inFrame || document.hidden) return this.tell();
    this.waiting ??= setTimeout(() => this.tell(), 0);
  }

  private tell(): void {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    for (const listener of this.listeners) listener();
  }
}
