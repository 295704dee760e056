// The incident log, in Nynorsk. The other languages have the same shape; the compiler sees to it.
export const incidents = {
  add: 'Ny driftsmelding',
  change: 'Endre',
  end: 'Avslutt no',
  confirmEnd: {
    title: 'Avslutte driftsmeldinga no?',
    text: 'Ho vert borte frå chatten og skranken med ein gong, og roboten svarar som vanleg.',
    yes: 'Ja, avslutt',
  },
  save: 'Lagre',
  running: 'Gjeld no',
  planned: 'Planlagde',
  ended: 'Avslutta dei siste 30 dagane',
  none: 'Ingen.',
  first: 'Driftsmelding framfor svaret, nr.',
  municipality: 'Kommune',
  topic: 'Emne (valfritt)',
  topicHelp: 'Meldinga kjem då først når nokon spør roboten om emnet. Utan emne står ho berre øvst i chatten.',
  topicUnknown: 'Vel eit emne frå lista, eller la feltet stå tomt.',
  text: 'Melding',
  language: 'Språket i meldinga',
  secondText: 'Same melding på eit anna språk (valfritt)',
  secondLanguage: 'Det andre språket',
  from: 'Frå',
  to: 'Til',
};

export type IncidentTexts = typeof incidents;

export const crisis = {
  title: 'Kriseberedskap',
  label: 'Kriseberedskap:',
  on: 'På',
  off: 'Av',
  begin: 'Slå på',
  end: 'Slå av',
  yes: 'Slå på no',
  english: 'Meldinga på engelsk',
  hours: 'Timar før det slår seg av',
  what: 'Meldinga står då øvst i alle chattar og skrankar i kommunen'
    + ', og dei ferdige krisesvara kjem først i lista over svar.',
  all: 'Alle kommunane du styrer',
  beginAll: 'Slå på i alle',
  endAll: 'Slå av i alle',
  yesAll: 'Slå på i alle no',
  onIn: 'På i',
  notIn: 'Det vart ikkje gjort i:',
  happened: 'Kva har hendt? (valfritt, står først i meldinga)',
  happenedEnglish: 'Det same på engelsk (valfritt)',
  prepared: 'Dei ferdige orda for kvar kommune',
  whatAll: 'Kvar kommune får sine ferdige ord øvst i alle chattar og skrankar. Det gjeld',
  confirmEndAll: 'Slå av kriseberedskapen i alle kommunane?',
  yesEndAll: 'Ja, slå av i alle',
};

export type CrisisTexts = typeof crisis;
