// The incident log, read again every half minute: what others write and what ends by the clock shows by itself.
import { useCallback, useEffect, useState } from 'react';
import { readIncidents, type IncidentLog } from './calls';

const kReadEveryMs = 30_000;

export function useIncidentLog(): { log: IncidentLog | null; reload(): Promise<void> } {
  const [log, setLog] = useState<IncidentLog | null>(null);
  const reload = useCallback(async () => {
    const answer = await readIncidents();
    if (answer.ok) setLog(answer.value);
  }, []);
  useEffect(() => {
    void reload();
    const timer = setInterval(() => void reload(), kReadEveryMs);
    return () => clearInterval(timer);
  }, [reload]);
  return { log, reload };
}
