import type { Teamwork } from './nn';

export const teamwork: Teamwork = {
  team: {
    title: 'Ved skranken',
    alone: 'Ingen andre er ved skranken.',
    mine: 'Statusen din',
    availability: {
      online: 'Pålogget',
      away: 'Borte',
      phone: 'I telefon',
      offline: 'Fraværende',
    },
    load: (load, max) => `${load} av ${max}`,
  },

  transfer: {
    open: 'Sett over',
    title: 'Sett over samtalen',
    submit: 'Sett over',
    to: 'Til',
    choose: 'Velg …',
    colleagues: 'Kolleger',
    units: 'Enheter i kommunen',
    kind: 'Hvordan',
    note: 'Notat til den som tar over',
    missing: 'Velg hvem samtalen skal til.',
    accept: 'Ta imot',
    decline: 'Avslå',
    withdraw: 'Trekk tilbake',
    toYou: (name) => `${name} vil sette over denne samtalen til deg.`,
    waits: (name) => `Tilbudt ${name}. Venter på svar.`,
    kinds: {
      warm: 'Varmt',
      cold: 'Kaldt',
    },
    kindTexts: {
      warm: 'Du har samtalen til noen tar imot.',
      cold: 'Du slipper samtalen nå. Den kommer tilbake hvis ingen tar imot.',
    },
  },

  invite: {
    open: 'Inviter',
    title: 'Inviter en kollega',
    text: 'Kollegaen leser med og skriver notater. Innbyggeren ser det ikke.',
    submit: 'Inviter',
    colleague: 'Kollega',
    missing: 'Velg en kollega.',
    youAre: 'Du er invitert til å lese med. Notater ser bare kolleger.',
    leave: 'Gå ut',
  },

  note: {
    open: 'Notat',
    title: 'Skriv et notat',
    text: 'Bare kolleger ser notatet. Fødselsnummer blir skjult.',
    submit: 'Lagre notatet',
    label: 'Notat',
    missing: 'Skriv noe først.',
  },

  park: {
    open: 'Parker',
    resume: 'Ta opp igjen',
    title: 'Parker samtalen',
    text:
      'Den er fortsatt din, men teller ikke med i hvor mange du har. Den blir tatt opp igjen når innbyggeren skriver.',
    submit: 'Parker',
  },

  push: {
    label: 'Ny samtale til deg',
    offered: (where: string, why: string) => `Ny samtale til deg: ${where}. ${why}.`,
    accept: 'Ta imot',
    passOn: 'Send videre',
  },

  dialog: {
    dismiss: 'Lukk dialogen',
    no: 'Avbryt',
  },
};
