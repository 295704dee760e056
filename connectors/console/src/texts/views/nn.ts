// What the left pane shows, in Nynorsk. The other languages have the same shape; the compiler sees to it.
export const views = {
  choose: 'Vis',
  names: {
    all: 'Alle samtalar',
    waiting: 'Dei som ventar',
    mine: 'Mine',
    team: 'Laget',
    closed: 'Avslutta',
  },
  glance: 'Skranken no',
  waiting: (n: number) => (n === 1 ? '1 ventar' : `${n} ventar`),
  oldest: 'Lengst:',
  present: (n: number) => `${n} ved skranken`,
  noneClosed: 'Ingen avslutta samtalar.',
};

export type Views = typeof views;
