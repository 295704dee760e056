// Telephone calls over HTTP.
import { call } from '../wire/calls';

export interface Place {
  id: string;
  name: string;
}

export interface Contact {
  id: string;  // made by the page: the same one counts once
  municipality: string;
  topic?: string;
  outcome: string;
  text: string;
}

export const readPlaces = () => call<{ municipalities: Place[] }>('GET', 'contacts');
export const countContact = (contact: Contact) =>
  call<{ counted: true; repeated: boolean }>('POST', 'contacts', contact);
