import type { Views } from './nn';

export const views: Views = {
  choose: 'Show',
  names: {
    all: 'All conversations',
    waiting: 'Those who wait',
    mine: 'Mine',
    team: 'The team',
    closed: 'Closed',
  },
  glance: 'The desk now',
  waiting: (n: number) => (n === 1 ? '1 waits' : `${n} wait`),
  oldest: 'Longest:',
  present: (n: number) => `${n} at the desk`,
  noneClosed: 'No closed conversations.',
};
