import type { Subject } from './words.ts'

export const LOGIN: Subject = {
  topic: 'login',
  team: 'technical',
  bots: { 'bot-technical': 5, 'bot-support': 4 },
  dataset: 'dataset-help-center',
  tags: ['password', 'two-factor', 'locked', 'account', 'email'],
  openings: [
    {
      title: ['Cannot log in', 'Password does not work'],
      ask: [
        'I cannot log in any more. It says that my password is wrong, but it is not.',
        'My password is refused since yesterday. I did not change anything.',
        'login broken again??',
      ],
      answer: [
        'After five wrong attempts an account is locked for 30 minutes. Wait that long, then choose **Forgot password** with {email}.',
        'Please try it in a private window first. If it works there, the browser holds an old password: delete it in its settings.',
      ],
      thought: 'Six failed attempts on this account. Locked, not a wrong password: say how long.',
      tool: {
        name: 'findAccount',
        arguments: { email: '{email}' },
        result: { exists: true, locked: true, attempts: 6 },
      },
    },
    {
      title: ['Reset mail never comes', 'No mail to reset my password'],
      ask: [
        'I asked for a new password four times and no mail arrives at {email}.',
        'The link to reset the password does not arrive. Not in spam either.',
      ],
      answer: [
        'I see that our mails to {email} are returned: the mailbox says that it is full. Make some room and try again.',
        'The mail left us a minute ago. It comes from `no-reply@hearth.example`; some companies block that until somebody allows it.',
        'Is there perhaps a second account? With {email} I find none.',
      ],
    },
    {
      title: ['Lost my phone, need new codes', 'Two-factor code after a new phone'],
      ask: [
        'I have a new phone and my codes for the login are gone. How do I get in?',
        'The six-digit code is never accepted. My old phone is in the lake.',
      ],
      answer: [
        'Use one of the ten recovery codes that you were given when you switched it on. They look like `4f7k-92ma`. Do you still have them?',
        'If a code is refused, the clock of the phone is usually wrong. Let it set the time by itself and try again.',
      ],
      thought: 'Codes depend on time. Ask for recovery codes first, since a manual reset needs a proof of identity.',
    },
    {
      title: ['Change my e-mail address', 'New mail address for my account'],
      ask: [
        'How can I change the e-mail of my account? {email} is closed next month.',
        'I married and have a new mail address. Where do I change it?',
      ],
      answer: [
        'Go to **Account → Profile → E-mail**. We send a link to both addresses, and the new one counts once both were opened.',
        'You can do that yourself in the profile. If you cannot reach the old mailbox any more, write to us from the new one.',
      ],
    },
    {
      title: ['Somebody else is in my account', 'Suspicious login from {city}'],
      ask: [
        'I got a mail about a login from {city}. I have never been there. Was I hacked?',
        'There is an order in my account that I did not place!',
      ],
      answer: [
        'I have signed out every device and locked payments. Please choose a new password now, and switch on two-factor login in **Account → Security**.',
        'The place is guessed from the network and is often a neighbouring town. Look at **Account → Devices**: if you know them all, nothing has happened.',
      ],
      tool: { name: 'signOutEverywhere', arguments: { email: '{email}' }, result: { devices: 4, signedOut: true } },
    },
  ],
  more: [
    {
      ask: ['Does that also work in the app?', 'And on the phone?'],
      answer: [
        'It does, from version {version} on. Open the menu, then **Account**.',
        'In the app the way is the same, but under **Settings**.',
      ],
    },
    {
      ask: ['How long is the link valid?', 'The link says “expired”.'],
      answer: [
        'One hour, and only the newest one works: each new mail makes the older ones invalid.',
        'Then ask for a new one and open it in the same browser.',
      ],
    },
    {
      ask: ['Can my wife and I use one account?', 'Can two people share an account?'],
      answer: [
        'Yes, but better is a household: each of you has a login, and you see the same devices. You find it under **Account → Household**.',
      ],
    },
    {
      ask: ['Please delete my account.', 'I want all my data to be deleted.'],
      answer: [
        'You can do that under **Account → Privacy → Delete**. Invoices have to be kept for ten years by law; everything else is gone after 30 days.',
        'I can start it for you. It needs your confirmation by mail, and cannot be undone.',
      ],
    },
    {
      ask: ['What makes a good password?', 'Is “Summer2026!” good enough?'],
      answer: [
        'Length counts more than odd characters:\n\n- four or more words that do not belong together\n- used for nothing else\n- kept by a password manager\n\nWords with a year are the first that are tried.',
      ],
    },
    {
      ask: ['Still the same error.', 'No, that did not help.', 'Tried that. Nothing.'],
      answer: [
        'Then I need a little more: which browser is it, and what exactly does the message say?',
        'I have reset your sessions on our side. Please close all windows and try once more.',
        'Please try again later.',
      ],
    },
  ],
}
