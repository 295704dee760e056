import type { Teamwork } from './nn';

export const teamwork: Teamwork = {
  team: {
    title: 'At the desk',
    alone: 'Nobody else is at the desk.',
    mine: 'Your status',
    availability: {
      online: 'Online',
      away: 'Away',
      phone: 'On the phone',
      offline: 'Offline',
    },
    load: (load, max) => `${load} of ${max}`,
  },

  transfer: {
    open: 'Transfer',
    title: 'Transfer the conversation',
    submit: 'Transfer',
    to: 'To',
    choose: 'Choose …',
    colleagues: 'Colleagues',
    units: 'Units of the municipality',
    kind: 'How',
    note: 'Note to whoever takes over',
    missing: 'Choose whom the conversation goes to.',
    accept: 'Accept',
    decline: 'Decline',
    withdraw: 'Withdraw',
    toYou: (name) => `${name} wants to pass this conversation on to you.`,
    waits: (name) => `Offered to ${name}. Waiting for an answer.`,
    kinds: {
      warm: 'Warm',
      cold: 'Cold',
    },
    kindTexts: {
      warm: 'You have the conversation until somebody accepts.',
      cold: 'You let go of the conversation now. It comes back if nobody accepts.',
    },
  },

  invite: {
    open: 'Invite',
    title: 'Invite a colleague',
    text: 'The colleague reads along and writes notes. The citizen does not see it.',
    submit: 'Invite',
    colleague: 'Colleague',
    missing: 'Choose a colleague.',
    youAre: 'You are invited to read along. Only colleagues see notes.',
    leave: 'Leave',
  },

  note: {
    open: 'Note',
    title: 'Write a note',
    text: 'Only colleagues see the note. National identity numbers are hidden.',
    submit: 'Save the note',
    label: 'Note',
    missing: 'Write something first.',
  },

  park: {
    open: 'Park',
    resume: 'Resume',
    title: 'Park the conversation',
    text:
      'It is still yours, but does not count towards how many you have. It is resumed when the citizen writes.',
    submit: 'Park',
  },

  push: {
    label: 'A new conversation for you',
    offered: (where: string, why: string) => `A new conversation for you: ${where}. ${why}.`,
    accept: 'Accept',
    passOn: 'Pass on',
  },

  dialog: {
    dismiss: 'Close the dialog',
    no: 'Cancel',
  },
};
