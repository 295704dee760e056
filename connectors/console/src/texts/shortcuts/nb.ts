import type { ShortcutTexts } from './nn';

export const shortcuts: ShortcutTexts = {
  title: 'Snarveier',
  slash: 'Ferdige svar, når svarfeltet er tomt',
  names: {
    next: 'Ta neste i køen',
    take: 'Ta samtalen',
    list: 'Til listen',
    write: 'Skriv svar',
    replies: 'Ferdige svar',
    lookUp: 'Søk i kunnskapsbasen',
    close: 'Avslutt samtalen',
    phone: 'Tell en telefon',
    overview: 'Denne oversikten',
  },
};
