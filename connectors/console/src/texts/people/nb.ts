// Accounts, in Bokmål.
const roles: Record<string, string> = {
  agent: 'Veileder',
  editor: 'Redaktør',
  admin: 'Administrator',
  system: 'Systemadministrator',
};
const roleWords: Record<string, string> = {
  agent: 'Svarer innbyggerne',
  editor: 'Skriver kunnskapen',
  admin: 'Inviterer folk og leser loggen',
  system: 'Styrer alle kontoer',
};
const kinds: Record<string, string> = {
  signed_in: 'Logget inn',
  sign_in_failed: 'Innlogging feilet',
  conversation_opened: 'Åpnet samtale',
  invited: 'Inviterte',
  invitation_accepted: 'Valgte passord',
  rights_changed: 'Endret rettigheter',
  disabled: 'Stengte konto',
  enabled: 'Åpnet konto',
  removed: 'Slettet konto',
  password_changed: 'Byttet passord',
  password_reset: 'Nullstilte passord',
  second_factor_enrolled: 'Satte opp totrinn',
  second_factor_removed: 'Fjernet totrinn',
  recovery_codes_made: 'Laget gjenopprettingskoder',
  recovery_code_used: 'Brukte gjenopprettingskode',
  session_ended: 'Avsluttet innlogging',
};
const whys: Record<string, string> = {
  waiting: 'ventet i køen',
  own: 'egen samtale',
  colleague: 'en kollegas samtale',
  with_bot: 'hos roboten',
  closed: 'avsluttet',
  password: 'passord',
  code: 'kode',
  recovery_code: 'gjenopprettingskode',
  unknown_name: 'ukjent brukernavn',
  by_owner: 'av eieren',
  by_administrator: 'av administrator',
};

export const people = {
  failed: 'Det gikk ikke.',
  missing: 'Fyll ut dette feltet.',
  skip: 'Hopp til innholdet',
  nav: 'Sider',
  copy: 'Kopier',
  cancel: 'Avbryt',
  close: 'Lukk',
  code: 'Kode fra appen',
  everywhere: 'Alle kommunene',
  pages: {
    desk: 'Skranken',
    account: 'Min konto',
    people: 'Folk og rettigheter',
    audit: 'Logg',
  },
  codeStep: {
    lead:
      'Skriv koden på seks sifre fra autentiseringsappen. Har du mistet telefonen, kan du bruke en '
      + 'gjenopprettingskode.',
    label: 'Kode',
    missing: 'Skriv koden.',
    submit: 'Logg inn',
    back: 'Tilbake',
  },
  enrol: {
    title: 'Totrinnspålogging',
    lead: (name: string) =>
      `Hei, ${name}. Administratorer logger inn med passord og en kode fra telefonen. Sett det opp nå; det tar to `
      + 'minutter.',
    begin: 'Begynn',
    app: 'Åpne en autentiseringsapp på telefonen, for eksempel Aegis, FreeOTP eller Microsoft Authenticator.',
    scan: 'Skann koden under, eller skriv inn nøkkelen.',
    write: 'Skriv de seks sifrene som appen viser.',
    qr: 'QR-kode til autentiseringsappen. Nøkkelen står som tekst under.',
    key: 'Nøkkel:',
    submit: 'Bekreft',
  },
  recovery: {
    title: 'Gjenopprettingskoder',
    lead:
      'Ta vare på disse kodene et trygt sted. Hver av dem slipper deg inn én gang hvis du mister telefonen. De '
      + 'vises ikke igjen.',
    kept: 'Jeg har tatt vare på dem',
  },
  password: {
    title: 'Passord',
    now: 'Passordet du har nå',
    next: 'Nytt passord',
    rules: 'Minst 12 tegn. Fire tilfeldige ord er et godt passord.',
    submit: 'Bytt passord',
    done: 'Passordet er byttet. Du er logget ut alle andre steder.',
  },
  factor: {
    title: 'Totrinnspålogging',
    on: (left: number) => `Totrinnspålogging er på. Du har ${left} gjenopprettingskoder igjen.`,
    off: 'Totrinnspålogging er av. Med den på trenger man både passordet og telefonen din for å komme inn.',
    setUp: 'Sett opp',
    again: 'Sett opp på ny telefon',
    newCodes: 'Nye gjenopprettingskoder',
    remove: 'Slå av',
    goOn: 'Fortsett',
  },
  sessions: {
    title: 'Innlogginger',
    none: 'Ikke innlogget noe sted.',
    unknown: 'Ukjent enhet',
    here: 'denne',
    since: (created: string, used: string) => `siden ${created}, sist brukt ${used}`,
    end: 'Logg ut',
  },
  roles,
  roleWords,
  state: {
    disabled: 'stengt',
    invited: 'invitert',
    factor: 'totrinn',
  },
  invite: {
    open: 'Inviter',
    title: 'Inviter',
    displayName: 'Navn, slik innbyggerne ser det',
    name: 'Brukernavn',
    nameRules: 'Små bokstaver a–z, tall, punktum og strek.',
    submit: 'Lag invitasjon',
  },
  link: {
    lead: (name: string, until: string) =>
      `Gi denne lenken til ${name}. Den gjelder til ${until}, én gang, og vises bare nå.`,
    label: 'Lenke',
  },
  change: {
    open: 'Endre',
    save: 'Lagre rettighetene',
    access: 'Tilgang',
    disable: 'Steng kontoen',
    enable: 'Åpne kontoen',
    reset: 'Nytt passord',
    resetFactor: 'Nullstill totrinn',
    remove: 'Slett kontoen',
    sure: {
      remove: 'Kontoen blir borte for godt. Er du sikker?',
      reset: 'Passordet slutter å gjelde, og du får en lenke. Er du sikker?',
    },
  },
  invitation: {
    title: 'Velg passord',
    lead: (name: string, user: string) => `Velkommen, ${name}. Brukernavnet ditt er ${user}.`,
    submit: 'Lagre passordet',
    done: 'Passordet er lagret. Nå kan du logge inn.',
  },
  audit: {
    kind: 'Hendelse',
    all: 'Alle',
    agent: 'Brukernavn',
    show: 'Vis',
    more: 'Vis flere',
    nobody: 'ukjent',
    count: (n: number) => (n === 1 ? '1 hendelse' : `${n} hendelser`),
    conversation: (id: string) => `samtale ${id}`,
  },
  kinds,
  whys,
};
