// The phone desk, in English.
import type { PhoneTexts } from './nn';

export const phone: PhoneTexts = {
  open: 'Telephone',
  what: 'Search, choose the topic and write two words, and the call is counted in the figures.',
  topic: 'What was it about?',
  noTopic: 'Something else, no topic',
  words: 'In two words (optional)',
  wordsHelp: 'No names, telephone numbers or anything about health.',
  count: 'Count the call',
  counted: (topic, place) => `Counted: ${topic}, ${place}.`,
  countedBefore: 'The call was counted already. What you changed afterwards was not.',
  countedHere: (n) =>
    (n === 1 ? '1 call counted since the page was opened.' : `${n} calls counted since the page was opened.`),
  lately: 'Counted now',
};
