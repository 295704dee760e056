// The incident log over HTTP.
import { call } from '../wire/calls';

export interface IncidentText {
  language: string;
  text: string;
}

export interface Incident {
  id: number;
  version: number;
  municipality: { id: string; name: string };
  topic: string | null;
  topic_title: string | null;
  text: IncidentText;
  second: IncidentText | null;
  from: string;
  to: string;
  crisis: boolean;
  phase: 'planned' | 'running' | 'ended';
  author: string;
}

// Where the reader may declare a crisis, with the words prepared for it.
export interface CrisisPlace {
  id: string;
  name: string;
  language: string;
  texts: Record<string, string>;
}

export interface IncidentLog {
  incidents: Incident[];
  municipalities: { id: string; name: string }[];
  crisis: CrisisPlace[];
  now: string;
}

export interface Topic {
  id: string;
  title: string;
}

export const readTopics = () => call<{ topics: Topic[] }>('GET', 'incidents/topics');
export const readIncidents = () => call<IncidentLog>('GET', 'incidents');
export const addIncident = (draft: Record<string, string | number>) =>
  call<{ incident: Incident }>('POST', 'incidents', draft);
export const changeIncident = ({ id, version }: Incident, draft: Record<string, string>) =>
  call<{ incident: Incident }>('POST', `incidents/${id}`, { ...draft, version });
export const endIncident = ({ id, version }: Incident) =>
  call<{ incident: Incident }>('POST', `incidents/${id}/end`, { version });
