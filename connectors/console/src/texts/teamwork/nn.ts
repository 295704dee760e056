// What agents do together, in Nynorsk. The other languages have the same shape; the compiler sees to it.
export const teamwork = {
  team: {
    title: 'Ved skranken',
    alone: 'Ingen andre er ved skranken.',
    mine: 'Statusen din',
    availability: {
      online: 'Pålogga',
      away: 'Borte',
      phone: 'I telefon',
      offline: 'Fråverande',
    },
    load: (load: number, max: number) => `${load} av ${max}`,
  },

  transfer: {
    open: 'Set over',
    title: 'Set over samtalen',
    submit: 'Set over',
    to: 'Til',
    choose: 'Vel …',
    colleagues: 'Kollegaer',
    units: 'Einingar i kommunen',
    kind: 'Korleis',
    note: 'Notat til den som tek over',
    missing: 'Vel kven samtalen skal til.',
    accept: 'Ta imot',
    decline: 'Avslå',
    withdraw: 'Trekk tilbake',
    toYou: (name: string) => `${name} vil setje over denne samtalen til deg.`,
    waits: (name: string) => `Tilbode ${name}. Ventar på svar.`,
    kinds: {
      warm: 'Varmt',
      cold: 'Kaldt',
    },
    kindTexts: {
      warm: 'Du har samtalen til nokon tek imot.',
      cold: 'Du slepp samtalen no. Han kjem tilbake om ingen tek imot.',
    },
  },

  invite: {
    open: 'Inviter',
    title: 'Inviter ein kollega',
    text: 'Kollegaen les med og skriv notat. Innbyggjaren ser det ikkje.',
    submit: 'Inviter',
    colleague: 'Kollega',
    missing: 'Vel ein kollega.',
    youAre: 'Du er invitert til å lese med. Notat ser berre kollegaer.',
    leave: 'Gå ut',
  },

  note: {
    open: 'Notat',
    title: 'Skriv eit notat',
    text: 'Berre kollegaer ser notatet. Fødselsnummer vert skjulte.',
    submit: 'Lagre notatet',
    label: 'Notat',
    missing: 'Skriv noko fyrst.',
  },

  park: {
    open: 'Parker',
    resume: 'Ta opp att',
    title: 'Parker samtalen',
    text:
      'Samtalen er framleis din, men tel ikkje med i kor mange du har. Han vert teken opp att når innbyggjaren skriv.',
    submit: 'Parker',
  },

  push: {
    label: 'Ny samtale til deg',
    offered: (where: string, why: string) => `Ny samtale til deg: ${where}. ${why}.`,
    accept: 'Ta imot',
    passOn: 'Send vidare',
  },

  dialog: {
    dismiss: 'Lukk dialogen',
    no: 'Avbryt',
  },
};

export type Teamwork = typeof teamwork;
