// The roster, in English.
import type { RosterTexts } from './nn';

export const roster: RosterTexts = {
  title: 'On duty now',
  nobody: 'Nobody is on the roster now.',
  missing: 'missing',
  fault: (line) =>
    (line > 0 ? `The roster has a fault in line ${line}; the one before it holds.`
      : 'The roster cannot be read; the one before it holds.'),
};
