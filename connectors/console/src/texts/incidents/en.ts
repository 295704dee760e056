// The incident log, in English.
import type { CrisisTexts, IncidentTexts } from './nn';

export const incidents: IncidentTexts = {
  add: 'New incident',
  change: 'Change',
  end: 'End now',
  confirmEnd: {
    title: 'End this incident now?',
    text: 'It is gone from the chat and the desk at once, and the robot answers as usual.',
    yes: 'Yes, end it',
  },
  save: 'Save',
  running: 'Now',
  planned: 'Planned',
  ended: 'Ended in the last 30 days',
  none: 'None.',
  first: 'Incident before the answer, no.',
  municipality: 'Municipality',
  topic: 'Topic (optional)',
  topicHelp: 'It then comes first when somebody asks the robot about the topic. Without one it stands above the chat.',
  topicUnknown: 'Choose a topic of the list, or leave the field empty.',
  text: 'Message',
  language: 'Language of the message',
  secondText: 'The same message in another language (optional)',
  secondLanguage: 'The other language',
  from: 'From',
  to: 'To',
};

export const crisis: CrisisTexts = {
  title: 'Crisis mode',
  label: 'Crisis mode:',
  on: 'On',
  off: 'Off',
  begin: 'Switch on',
  end: 'Switch off',
  yes: 'Switch on now',
  english: 'The message in English',
  hours: 'Hours until it switches itself off',
  what: 'The message then stands above every chat and desk of the municipality'
    + ', and the prepared replies for a crisis come first.',
};
