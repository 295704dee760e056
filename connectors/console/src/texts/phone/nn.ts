// The phone desk, in Nynorsk. The other languages have the same shape; the compiler sees to it.
export const phone = {
  open: 'Telefon',
  what: 'Søk, vel emnet og skriv to ord, så vert samtalen talt med i statistikken.',
  topic: 'Kva gjaldt det?',
  noTopic: 'Noko anna, utan emne',
  words: 'Med to ord (valfritt)',
  wordsHelp: 'Ikkje namn, telefonnummer eller noko om helse.',
  count: 'Tel samtalen',
  counted: (topic: string, place: string) => `Talt: ${topic}, ${place}.`,
  countedBefore: 'Samtalen var alt talt. Det du endra etterpå, kom ikkje med.',
  countedHere: (n: number) =>
    (n === 1 ? '1 samtale talt sidan sida vart opna.' : `${n} samtalar talde sidan sida vart opna.`),
  lately: 'Talt no',
};

export type PhoneTexts = typeof phone;
