// Finding earlier conversations, in Nynorsk. The other languages have the same shape; the compiler sees to it.
export const search = {
  title: 'Søk i samtalar',
  words: 'Ord i samtalen',
  how: 'Byrjinga på kvart ord held. Skriv «"to ord"» i hermeteikn for å finne dei saman.',
  any: 'Alle',
  municipality: 'Kommune',
  topic: 'Emne',
  outcome: 'Utfall',
  agent: 'Hadde samtalen',
  state: 'Status',
  closedOnly: 'Berre avslutta',
  from: 'Frå og med',
  to: 'Til og med',
  submit: 'Søk',
  clear: 'Nullstill',
  results: 'Samtalar, siste først',
  atLeast: (n: number) => `Dei ${n} siste`,
  noTopic: 'Utan emne',
  closed: 'Avslutta',
  open: 'Ikkje avslutta',
  read: 'Opne',
  further: 'Vis fleire',
  logged: 'Det vert logga kven som opnar ein samtale.',
};

export type SearchTexts = typeof search;
