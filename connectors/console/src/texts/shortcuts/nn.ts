// Keyboard shortcuts, in Nynorsk. The other languages have the same shape; the compiler sees to it.
export const shortcuts = {
  title: 'Snarvegar',
  slash: 'Ferdige svar, når svarfeltet er tomt',
  names: {
    next: 'Ta neste i køen',
    take: 'Ta samtalen',
    list: 'Til lista',
    write: 'Skriv svar',
    replies: 'Ferdige svar',
    lookUp: 'Søk i kunnskapsbasen',
    close: 'Avslutt samtalen',
    phone: 'Tel ein telefon',
    overview: 'Denne oversikta',
  },
};

export type ShortcutTexts = typeof shortcuts;
