import type { CaseNote, Replies } from './nn';

export const replies: Replies = {
  open: 'Ferdige svar',
  title: 'Ferdige svar',
  find: 'Søk i ferdige svar',
  how: 'Pil opp og ned velger, Enter setter inn i utkastet. Du kan endre det før du sender.',
  insert: 'Sett inn',
  failed: 'Fikk ikke hentet de ferdige svarene.',
};

export const caseNote: CaseNote = {
  open: 'Notat til saken',
  scope: 'Hva skal med?',
  scopes: { last: 'Siste spørsmål og svar', whole: 'Hele samtalen' },
  text: 'Notatet',
  copy: 'Kopier',
  copied: 'Kopiert.',
  selected: 'Nettleseren lot oss ikke kopiere. Teksten er merket: trykk Ctrl + C.',
  done: 'Ferdig',
  from: (channel: string) => `Notat fra samtale i Svarsentral (${channel})`,
  conversation: 'Samtale',
  topic: 'Gjelder',
  question: 'Spørsmål',
  answer: 'Svar',
};
