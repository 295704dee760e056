// The incident log, in English.
import type { IncidentTexts } from './nn';

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
