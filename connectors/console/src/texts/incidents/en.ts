// The incident log, in English.
import type { IncidentTexts } from './nn';

export const incidents: IncidentTexts = {
  add: 'New incident',
  change: 'Change',
  end: 'End now',
  save: 'Save',
  running: 'Now',
  planned: 'Planned',
  ended: 'Ended in the last 30 days',
  none: 'None.',
  first: 'Incident before the answer, no.',
  municipality: 'Municipality',
  text: 'Message',
  language: 'Language of the message',
  secondText: 'The same message in another language (optional)',
  secondLanguage: 'The other language',
  from: 'From',
  to: 'To',
};
