import type { ShortcutTexts } from './nn';

export const shortcuts: ShortcutTexts = {
  title: 'Keyboard shortcuts',
  slash: 'Ready replies, when the answer field is empty',
  names: {
    next: 'Take the next in the queue',
    take: 'Take the conversation',
    list: 'To the list',
    write: 'Write an answer',
    replies: 'Ready replies',
    lookUp: 'Search the knowledge base',
    close: 'End the conversation',
    phone: 'Count a telephone call',
    overview: 'This overview',
  },
};
