// The incident log, in Nynorsk. The other languages have the same shape; the compiler sees to it.
export const incidents = {
  add: 'Ny driftsmelding',
  change: 'Endre',
  end: 'Avslutt no',
  save: 'Lagre',
  running: 'Gjeld no',
  planned: 'Planlagde',
  ended: 'Avslutta dei siste 30 dagane',
  none: 'Ingen.',
  first: 'Driftsmelding framfor svaret, nr.',
  municipality: 'Kommune',
  text: 'Melding',
  language: 'Språket i meldinga',
  secondText: 'Same melding på eit anna språk (valfritt)',
  secondLanguage: 'Det andre språket',
  from: 'Frå',
  to: 'Til',
};

export type IncidentTexts = typeof incidents;
