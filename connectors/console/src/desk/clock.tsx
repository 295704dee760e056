// Times as agents read them: the clock of the municipalities, and waits that count up.
import { useEffect, useState } from 'react';
import type { Texts } from '../texts/nn';
import { useTexts } from '../texts/texts';
import { useDesk } from './desk_context';

// Only numbers are taken from the browser: not every browser has Nynorsk names of days and months.
const zoned = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Oslo',
  weekday: 'short',
  day: 'numeric',
  month: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const kWeekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function partsOf(iso: string): Record<string, string> | null {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return null;
  return Object.fromEntries(zoned.formatToParts(date).map((part) => [part.type, part.value]));
}

export function clockOf(iso: string): string {
  const parts = partsOf(iso);
  return parts ? `${parts.hour}:${parts.minute}` : '';
}

const dated = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Oslo', day: '2-digit', month: '2-digit', year: 'numeric' });

// 24.11.2026 10:15
export function stampOf(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? '' : `${dated.format(date).replaceAll('/', '.')} ${clockOf(iso)}`;
}

export function dayOf(iso: string, texts: Texts): string {
  const parts = partsOf(iso);
  if (!parts) return '';
  const weekday = texts.time.weekdays[kWeekdays.indexOf(parts.weekday ?? '')] ?? '';
  return texts.time.day(weekday, Number(parts.day), texts.time.months[Number(parts.month) - 1] ?? '');
}

export function durationOf(ms: number, texts: Texts): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return texts.time.seconds(seconds);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return texts.time.minutes(minutes, seconds % 60);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return texts.time.hours(hours, minutes % 60);
  return texts.time.days(Math.floor(hours / 24), hours % 24);
}

// Local milliseconds, renewed each second while something shown depends on it.
export function useNow(running = true): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!running) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}

export function WaitingTime({ since }: { since: string }) {
  const texts = useTexts();
  const { clockAheadMs } = useDesk();
  const waited = useNow() + clockAheadMs - Date.parse(since);
  const urgency = waited > 300_000 ? 'long' : waited > 120_000 ? 'rising' : 'short';
  return (
    <span className="waiting-time" data-urgency={urgency}>
      <span className="ds-sr-only">{texts.lists.waited} </span>
      {durationOf(waited, texts)}
    </span>
  );
}
