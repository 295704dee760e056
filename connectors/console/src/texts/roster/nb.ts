// The roster, in Bokmål.
import type { RosterTexts } from './nn';

export const roster: RosterTexts = {
  title: 'På vakt nå',
  nobody: 'Ingen er satt opp på vakt nå.',
  missing: 'mangler',
  fault: (line) =>
    (line > 0 ? `Vaktlisten har en feil i linje ${line}; den forrige gjelder.`
      : 'Vaktlisten kan ikke leses; den forrige gjelder.'),
};
