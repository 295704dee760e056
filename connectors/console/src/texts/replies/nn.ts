// Ready replies and the note for the case, in Nynorsk. The other languages have the same shape.
export const replies = {
  open: 'Ferdige svar',
  title: 'Ferdige svar',
  find: 'Søk i ferdige svar',
  how: 'Pil opp og ned vel, Enter set inn i utkastet. Du kan endre det før du sender.',
  insert: 'Set inn',
  failed: 'Fekk ikkje henta dei ferdige svara.',
};

export const caseNote = {
  open: 'Notat til saka',
  scope: 'Kva skal med?',
  scopes: { last: 'Siste spørsmål og svar', whole: 'Heile samtalen' },
  text: 'Notatet',
  copy: 'Kopier',
  copied: 'Kopiert.',
  selected: 'Nettlesaren lét oss ikkje kopiere. Teksten er merkt: trykk Ctrl + C.',
  done: 'Ferdig',
  from: (channel: string) => `Notat frå samtale i Svarsentral (${channel})`,
  conversation: 'Samtale',
  topic: 'Gjeld',
  question: 'Spørsmål',
  answer: 'Svar',
};

export type Replies = typeof replies;
export type CaseNote = typeof caseNote;
