// The incident log, read again when the socket tells of news, when the clock begins or ends something, and every half
// minute for those who have no socket.
import { useCallback, useEffect, useState } from 'react';
import { useDesk } from '../desk/desk_context';
import { readIncidents, type IncidentLog } from './calls';

const kReadEveryMs = 30_000;
const kBehindMs = 100;  // so that it has happened by the service's clock as well

// By the service's clock; null when nothing begins or ends while anybody waits for it.
function msToNextChange(log: IncidentLog): number | null {
  const now = Date.parse(log.now);
  const changes = log.incidents.flatMap(({ from, to }) => [Date.parse(from), Date.parse(to)]);
  const next = Math.min(...changes.filter((change) => change > now)) - now;
  return next < kReadEveryMs ? next + kBehindMs : null;
}

export function useIncidentLog(): { log: IncidentLog | null; reload(): Promise<void> } {
  const { incidentsTold } = useDesk();
  const [log, setLog] = useState<IncidentLog | null>(null);
  const reload = useCallback(async () => {
    const answer = await readIncidents();
    if (answer.ok) setLog(answer.value);
  }, []);
  useEffect(() => {
    void reload();
    const timer = setInterval(() => void reload(), kReadEveryMs);
    return () => clearInterval(timer);
  }, [reload, incidentsTold]);
  useEffect(() => {
    const wait = log && msToNextChange(log);
    if (wait === null) return;
    const timer = setTimeout(() => void reload(), wait);
    return () => clearTimeout(timer);
  }, [log, reload]);
  return { log, reload };
}
