// The calls about accounts: one's own, and those that an administrator looks after.
import { call, type Answer } from './calls';

export interface Right {
  role: string;
  municipality: string | null;  // null: everywhere
}
export interface Person {
  name: string;
  display_name: string;
  rights: Right[];
  manageable: boolean;
  disabled: boolean;
  second_factor: boolean;
  invited_until: string | null;
  has_password: boolean;
}
export interface People {
  people: Person[];
  municipalities: { id: string; name: string }[];
  everywhere: boolean;  // may give rights for all municipalities
  system: boolean;
}
export interface Link {
  person: Person | null;
  token: string;
  expires: string;
}
export interface Session {
  id: string;
  device: string;
  created: string;
  last_used: string;
  this: boolean;
}
export interface AuditEntry {
  number: number;
  at: string;
  kind: string;
  who: string;
  about: string;
  conversation: string | null;
  why: string;
}

export const textOfRights = (rights: Right[]) =>
  rights.map(({ role, municipality }) => `${role}:${municipality ?? '*'}`).join(',');

const one = (name: string, verb: string) => `people/${encodeURIComponent(name)}/${verb}`;

export const changePassword = (password: string, next: string) =>
  call<unknown>('POST', 'me/password', { password, new_password: next });
export const beginEnrolment = (password: string) =>
  call<{ key: string; address: string }>('POST', 'me/second-factor', { password });
export const confirmEnrolment = (code: string) =>
  call<{ recovery_codes: string[] }>('POST', 'me/second-factor/confirm', { code });
export const removeSecondFactor = (password: string) =>
  call<unknown>('POST', 'me/second-factor/remove', { password });
export const renewRecoveryCodes = (password: string) =>
  call<{ recovery_codes: string[] }>('POST', 'me/recovery-codes', { password });
export const mySessions = () => call<{ sessions: Session[] }>('GET', 'me/sessions');
export const endMySession = (id: string) => call<unknown>('POST', `me/sessions/${encodeURIComponent(id)}/end`, {});

export const showInvitation = (token: string) =>
  call<{ name: string; display_name: string }>('POST', 'invitation', { token });
export const acceptInvitation = (token: string, password: string) =>
  call<{ name: string }>('POST', 'invitation/accept', { token, password });

export const listPeople = () => call<People>('GET', 'people');
export const invitePerson = (name: string, display_name: string, rights: Right[]) =>
  call<Link>('POST', 'people', { name, display_name, rights: textOfRights(rights) });
export const setRights = (name: string, rights: Right[]) =>
  call<unknown>('POST', one(name, 'rights'), { rights: textOfRights(rights) });
export const resetPassword = (name: string) => call<Link>('POST', one(name, 'reset-password'), {});
export type PersonAct = 'disable' | 'enable' | 'remove' | 'reset-second-factor';
export const actOnPerson = (name: string, act: PersonAct) => call<unknown>('POST', one(name, act), {});
export const sessionsOf = (name: string) => call<{ sessions: Session[] }>('GET', one(name, 'sessions'));
export const endSessionOf = (name: string, id: string) =>
  call<unknown>('POST', one(name, `sessions/${encodeURIComponent(id)}/end`), {});

export interface AuditPart {
  entries: AuditEntry[];
  before: number | null;  // where the next part begins
}

export function readAudit(filter: Record<string, string>): Promise<Answer<AuditPart>> {
  const wanted = new URLSearchParams(Object.entries(filter).filter(([, value]) => value));
  return call('GET', `audit?${wanted}`);
}
