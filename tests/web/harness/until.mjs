// Waits for a condition instead of a time: asks again every few milliseconds until it holds.
const kPauseMs = 20;

export async function until(condition, { withinMs = 10_000, what = 'the condition' } = {}) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`waited ${withinMs} ms in vain for ${what}`);
    await new Promise((resume) => { setTimeout(resume, kPauseMs); });
  }
}
