// The phone desk, in Bokmål.
import type { PhoneTexts } from './nn';

export const phone: PhoneTexts = {
  open: 'Telefon',
  what: 'Søk, velg emnet og skriv to ord, så blir samtalen talt med i statistikken.',
  topic: 'Hva gjaldt det?',
  noTopic: 'Noe annet, uten emne',
  words: 'Med to ord (valgfritt)',
  wordsHelp: 'Ikke navn, telefonnummer eller noe om helse.',
  count: 'Tell samtalen',
  counted: (topic, place) => `Talt: ${topic}, ${place}.`,
  countedBefore: 'Samtalen var alt talt. Det du endret etterpå, kom ikke med.',
  countedHere: (n) => (n === 1 ? '1 samtale talt siden siden ble åpnet.' : `${n} samtaler talt siden siden ble åpnet.`),
  lately: 'Talt nå',
};
