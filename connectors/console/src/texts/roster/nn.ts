// The roster, in Nynorsk. The other languages have the same shape; the compiler sees to it.
export const roster = {
  title: 'På vakt no',
  nobody: 'Ingen er sette opp på vakt no.',
  missing: 'manglar',
  fault: (line: number) =>
    (line > 0 ? `Vaktlista har ein feil i linje ${line}; den førre gjeld.`
      : 'Vaktlista kan ikkje lesast; den førre gjeld.'),
};

export type RosterTexts = typeof roster;
