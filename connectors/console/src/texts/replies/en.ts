import type { CaseNote, Replies } from './nn';

export const replies: Replies = {
  open: 'Ready replies',
  title: 'Ready replies',
  find: 'Search ready replies',
  how: 'Arrow keys choose, Enter puts the reply into your draft. You can change it before you send.',
  insert: 'Insert',
  failed: 'Could not fetch the ready replies.',
};

export const caseNote: CaseNote = {
  open: 'Note for the case',
  scope: 'What should be in it?',
  scopes: { last: 'The last question and answer', whole: 'The whole conversation' },
  text: 'The note',
  copy: 'Copy',
  copied: 'Copied.',
  selected: 'The browser did not let us copy. The text is selected: press Ctrl + C.',
  done: 'Done',
  from: (channel: string) => `Note from a conversation in Svarsentral (${channel})`,
  conversation: 'Conversation',
  topic: 'About',
  question: 'Question',
  answer: 'Answer',
};
