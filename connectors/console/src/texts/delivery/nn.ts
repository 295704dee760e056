// How far answers on messaging platforms have come, in Nynorsk. The other languages have the same shape.
const reasons: Record<string, string> = {
  outside_window: 'fristen for å svare på plattforma er ute',
  given_up: 'plattforma tok ikkje imot på eit døgn',
  unreachable: 'innbyggjaren kan ikkje nåast der lenger',
  interrupted: 'tenesta stoppa medan meldinga vart sendt',
  stopping: 'tenesta stoppa',
  store: 'noko gjekk gale hos oss',
};

export const delivery = {
  waiting: 'Ventar på å bli sendt',
  sent: 'Sendt',
  delivered: 'Levert',
  read: 'Lesen',
  uncertain: (why: string) => `Usikkert om meldinga kom fram: ${why}.`,
  failed: (why: string) => `Meldinga kom ikkje fram: ${why}.`,
  reason: (code: string) => reasons[code] ?? 'plattforma tok henne ikkje imot',
  reasonWith: (code: string) => `plattforma tok henne ikkje imot (feil ${code})`,
  noAnswer: 'plattforma svara ikkje',
  sendAgain: 'Send på nytt',
  confirmTitle: 'Sende meldinga ein gong til?',
  confirmText: 'Vi veit ikkje om meldinga kom fram. Innbyggjaren kan få henne to gonger.',
  confirmYes: 'Send likevel',
  until: 'Svarfrist',
  ended: (when: string) => `Gjekk ut ${when}.`,
  mayAnswerUntil: (when: string) => `Du kan svare til ${when}.`,
  closed: (channel: string, when: string) =>
    `Fristen for å svare på ${channel} gjekk ut ${when}. Du kan svare når innbyggjaren skriv igjen. ` +
    'Ring eller skriv brev om det ikkje kan vente.',
  generalOnly: (channel: string) =>
    `På ${channel}: berre allmenne svar. ` +
    'Personlege opplysningar og dokument høyrer heime i nettpraten, på telefon eller i brev.',
  stoppedTitle: 'Kanalar som står',
  stopped: (channel: string, where: string) =>
    `${channel} for ${where} står: plattforma godtek ikkje kontoen. Svar blir liggjande og går ut når ` +
    'kontoen verkar. Sei frå til systemadministratoren.',
};

export type DeliveryTexts = typeof delivery;
