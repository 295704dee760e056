import type { DeliveryTexts } from './nn';

const reasons: Record<string, string> = {
  outside_window: 'fristen for å svare på plattformen er ute',
  given_up: 'plattformen tok ikke imot på et døgn',
  unreachable: 'innbyggeren kan ikke nås der lenger',
  interrupted: 'tjenesten stoppet mens meldingen ble sendt',
  stopping: 'tjenesten stoppet',
  store: 'noe gikk galt hos oss',
};

export const delivery: DeliveryTexts = {
  waiting: 'Venter på å bli sendt',
  sent: 'Sendt',
  delivered: 'Levert',
  read: 'Lest',
  uncertain: (why) => `Usikkert om meldingen kom fram: ${why}.`,
  failed: (why) => `Meldingen kom ikke fram: ${why}.`,
  reason: (code) => reasons[code] ?? 'plattformen tok den ikke imot',
  reasonWith: (code) => `plattformen tok den ikke imot (feil ${code})`,
  noAnswer: 'plattformen svarte ikke',
  sendAgain: 'Send på nytt',
  confirmTitle: 'Sende meldingen en gang til?',
  confirmText: 'Vi vet ikke om meldingen kom fram. Innbyggeren kan få den to ganger.',
  confirmYes: 'Send likevel',
  until: 'Svarfrist',
  ended: (when) => `Gikk ut ${when}.`,
  mayAnswerUntil: (when) => `Du kan svare til ${when}.`,
  closed: (channel, when) =>
    `Fristen for å svare på ${channel} gikk ut ${when}. Du kan svare når innbyggeren skriver igjen. ` +
    'Ring eller skriv brev om det ikke kan vente.',
  generalOnly: (channel) =>
    `På ${channel}: bare allmenne svar. ` +
    'Personlige opplysninger og dokumenter hører hjemme i nettpraten, på telefon eller i brev.',
  stoppedTitle: 'Kanaler som står',
  stopped: (channel, where) =>
    `${channel} for ${where} står: plattformen godtar ikke kontoen. Svar blir liggende og går ut når kontoen virker. ` +
    'Si fra til systemadministratoren.',
};
