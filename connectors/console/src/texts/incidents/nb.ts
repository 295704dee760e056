// The incident log, in Bokmål.
import type { IncidentTexts } from './nn';

export const incidents: IncidentTexts = {
  add: 'Ny driftsmelding',
  change: 'Endre',
  end: 'Avslutt nå',
  save: 'Lagre',
  running: 'Gjelder nå',
  planned: 'Planlagte',
  ended: 'Avsluttet de siste 30 dagene',
  none: 'Ingen.',
  first: 'Driftsmelding foran svaret, nr.',
  municipality: 'Kommune',
  text: 'Melding',
  language: 'Språket i meldingen',
  secondText: 'Samme melding på et annet språk (valgfritt)',
  secondLanguage: 'Det andre språket',
  from: 'Fra',
  to: 'Til',
};
