import type { Views } from './nn';

export const views: Views = {
  choose: 'Vis',
  names: {
    all: 'Alle samtaler',
    waiting: 'De som venter',
    mine: 'Mine',
    team: 'Laget',
    closed: 'Avsluttede',
  },
  glance: 'Skranken nå',
  waiting: (n: number) => (n === 1 ? '1 venter' : `${n} venter`),
  oldest: 'Lengst:',
  present: (n: number) => `${n} ved skranken`,
  noneClosed: 'Ingen avsluttede samtaler.',
};
