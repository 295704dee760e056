// The incident log, in Bokmål.
import type { CrisisTexts, IncidentTexts } from './nn';

export const incidents: IncidentTexts = {
  add: 'Ny driftsmelding',
  change: 'Endre',
  end: 'Avslutt nå',
  confirmEnd: {
    title: 'Avslutte driftsmeldingen nå?',
    text: 'Den blir borte fra chatten og skranken med en gang, og roboten svarer som vanlig.',
    yes: 'Ja, avslutt',
  },
  save: 'Lagre',
  running: 'Gjelder nå',
  planned: 'Planlagte',
  ended: 'Avsluttet de siste 30 dagene',
  none: 'Ingen.',
  first: 'Driftsmelding foran svaret, nr.',
  municipality: 'Kommune',
  topic: 'Emne (valgfritt)',
  topicHelp: 'Meldingen kommer da først når noen spør roboten om emnet. Uten emne står den bare øverst i chatten.',
  topicUnknown: 'Velg et emne fra listen, eller la feltet stå tomt.',
  text: 'Melding',
  language: 'Språket i meldingen',
  secondText: 'Samme melding på et annet språk (valgfritt)',
  secondLanguage: 'Det andre språket',
  from: 'Fra',
  to: 'Til',
};

export const crisis: CrisisTexts = {
  title: 'Kriseberedskap',
  label: 'Kriseberedskap:',
  on: 'På',
  off: 'Av',
  begin: 'Slå på',
  end: 'Slå av',
  yes: 'Slå på nå',
  english: 'Meldingen på engelsk',
  hours: 'Timer før det slår seg av',
  what: 'Meldingen står da øverst i alle chatter og skranker i kommunen'
    + ', og de ferdige krisesvarene kommer først i listen over svar.',
};
