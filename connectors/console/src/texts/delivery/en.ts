import type { DeliveryTexts } from './nn';

const reasons: Record<string, string> = {
  outside_window: 'the time for answering on the platform is over',
  given_up: 'the platform did not accept it for a day',
  unreachable: 'the citizen can no longer be reached there',
  interrupted: 'the service stopped while the message was being sent',
  stopping: 'the service stopped',
  store: 'something went wrong on our side',
};

export const delivery: DeliveryTexts = {
  waiting: 'Waiting to be sent',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  uncertain: (why) => `Unclear whether the message arrived: ${why}.`,
  failed: (why) => `The message did not arrive: ${why}.`,
  reason: (code) => reasons[code] ?? 'the platform did not accept it',
  reasonWith: (code) => `the platform did not accept it (error ${code})`,
  noAnswer: 'the platform did not answer',
  sendAgain: 'Send again',
  confirmTitle: 'Send the message once more?',
  confirmText: 'We do not know whether the message arrived. The citizen may get it twice.',
  confirmYes: 'Send anyway',
  until: 'Answer by',
  ended: (when) => `Ended ${when}.`,
  mayAnswerUntil: (when) => `You can answer until ${when}.`,
  closed: (channel, when) =>
    `The time for answering on ${channel} ended ${when}. You can answer when the citizen writes again. ` +
    'Call or send a letter if it cannot wait.',
  generalOnly: (channel) =>
    `On ${channel}: general answers only. ` +
    'Personal details and documents belong in the web chat, on the telephone or in a letter.',
  stoppedTitle: 'Channels that have stopped',
  stopped: (channel, where) =>
    `${channel} for ${where} has stopped: the platform refuses the account. Answers are kept and go out when the ` +
    'account works. Tell the system administrator.',
};
