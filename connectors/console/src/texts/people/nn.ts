// Accounts, in Nynorsk.
const roles: Record<string, string> = {
  agent: 'Rettleiar',
  editor: 'Redaktør',
  admin: 'Administrator',
  system: 'Systemadministrator',
};
const roleWords: Record<string, string> = {
  agent: 'Svarar innbyggjarane',
  editor: 'Skriv kunnskapen',
  admin: 'Inviterer folk og les loggen',
  system: 'Styrer alle kontoar',
};
const kinds: Record<string, string> = {
  signed_in: 'Logga inn',
  sign_in_failed: 'Innlogging feila',
  conversation_opened: 'Opna samtale',
  invited: 'Inviterte',
  invitation_accepted: 'Valde passord',
  rights_changed: 'Endra rettar',
  disabled: 'Stengde konto',
  enabled: 'Opna konto',
  removed: 'Sletta konto',
  password_changed: 'Bytte passord',
  password_reset: 'Nullstilte passord',
  second_factor_enrolled: 'Sette opp tosteg',
  second_factor_removed: 'Fjerna tosteg',
  recovery_codes_made: 'Laga gjenopprettingskodar',
  recovery_code_used: 'Brukte gjenopprettingskode',
  session_ended: 'Avslutta innlogging',
};
const whys: Record<string, string> = {
  waiting: 'venta i køen',
  own: 'eigen samtale',
  colleague: 'samtalen til ein kollega',
  with_bot: 'hjå roboten',
  closed: 'avslutta',
  password: 'passord',
  code: 'kode',
  recovery_code: 'gjenopprettingskode',
  unknown_name: 'ukjent brukarnamn',
  by_owner: 'av eigaren',
  by_administrator: 'av administrator',
};

export const people = {
  failed: 'Det gjekk ikkje.',
  missing: 'Fyll ut dette feltet.',
  skip: 'Hopp til innhaldet',
  nav: 'Sider',
  copy: 'Kopier',
  cancel: 'Avbryt',
  close: 'Lukk',
  code: 'Kode frå appen',
  everywhere: 'Alle kommunane',
  pages: {
    desk: 'Skranken',
    account: 'Kontoen min',
    people: 'Folk og rettar',
    audit: 'Logg',
  },
  codeStep: {
    lead:
      'Skriv koden på seks siffer frå autentiseringsappen. Har du mista telefonen, kan du bruke ein '
      + 'gjenopprettingskode.',
    label: 'Kode',
    missing: 'Skriv koden.',
    submit: 'Logg inn',
    back: 'Tilbake',
  },
  enrol: {
    title: 'Tostegspålogging',
    lead: (name: string) =>
      `Hei, ${name}. Administratorar loggar inn med passord og ein kode frå telefonen. Set det opp no; det tek to `
      + 'minutt.',
    begin: 'Byrj',
    app: 'Opna ein autentiseringsapp på telefonen, til dømes Aegis, FreeOTP eller Microsoft Authenticator.',
    scan: 'Skann koden under, eller skriv inn nykelen.',
    write: 'Skriv dei seks sifra som appen viser.',
    qr: 'QR-kode til autentiseringsappen. Nykelen står som tekst under.',
    key: 'Nykel:',
    submit: 'Stadfest',
  },
  recovery: {
    title: 'Gjenopprettingskodar',
    lead:
      'Ta vare på desse kodane ein trygg stad. Kvar av dei slepp deg inn éin gong om du mistar telefonen. Dei vert '
      + 'ikkje viste att.',
    kept: 'Eg har teke vare på dei',
  },
  password: {
    title: 'Passord',
    now: 'Passordet du har no',
    next: 'Nytt passord',
    rules: 'Minst 12 teikn. Fire tilfeldige ord er eit godt passord.',
    submit: 'Byt passord',
    done: 'Passordet er bytt. Du er logga ut alle andre stader.',
  },
  factor: {
    title: 'Tostegspålogging',
    on: (left: number) => `Tostegspålogging er på. Du har ${left} gjenopprettingskodar att.`,
    off: 'Tostegspålogging er av. Med ho på treng ein både passordet og telefonen din for å kome inn.',
    setUp: 'Set opp',
    again: 'Set opp på ny telefon',
    newCodes: 'Nye gjenopprettingskodar',
    remove: 'Slå av',
    goOn: 'Hald fram',
  },
  sessions: {
    title: 'Innloggingar',
    none: 'Ikkje innlogga nokon stad.',
    unknown: 'Ukjend eining',
    here: 'denne',
    since: (created: string, used: string) => `sidan ${created}, sist brukt ${used}`,
    end: 'Logg ut',
  },
  roles,
  roleWords,
  state: {
    disabled: 'stengd',
    invited: 'invitert',
    factor: 'tosteg',
  },
  invite: {
    open: 'Inviter',
    title: 'Inviter',
    displayName: 'Namn, slik innbyggjarane ser det',
    name: 'Brukarnamn',
    nameRules: 'Små bokstavar a–z, tal, punktum og strek.',
    submit: 'Lag invitasjon',
  },
  link: {
    lead: (name: string, until: string) =>
      `Gje denne lenkja til ${name}. Ho gjeld til ${until}, éin gong, og vert vist berre no.`,
    label: 'Lenkje',
  },
  change: {
    open: 'Endre',
    save: 'Lagre rettane',
    access: 'Tilgang',
    disable: 'Steng kontoen',
    enable: 'Opna kontoen',
    reset: 'Nytt passord',
    resetFactor: 'Nullstill tosteg',
    remove: 'Slett kontoen',
    sure: {
      remove: 'Kontoen vert borte for godt. Er du sikker?',
      reset: 'Passordet sluttar å gjelde, og du får ei lenkje. Er du sikker?',
    },
  },
  invitation: {
    title: 'Vel passord',
    lead: (name: string, user: string) => `Velkomen, ${name}. Brukarnamnet ditt er ${user}.`,
    submit: 'Lagre passordet',
    done: 'Passordet er lagra. No kan du logge inn.',
  },
  audit: {
    kind: 'Hending',
    all: 'Alle',
    agent: 'Brukarnamn',
    show: 'Vis',
    more: 'Vis fleire',
    nobody: 'ukjend',
    count: (n: number) => (n === 1 ? '1 hending' : `${n} hendingar`),
    conversation: (id: string) => `samtale ${id}`,
  },
  kinds,
  whys,
};
