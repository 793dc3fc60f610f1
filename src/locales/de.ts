import { language } from './language.ts'
import type { Translation } from './language.ts'

const { counted, later, time } = language('de')

/** German, with `Sie`. */
const de: Translation = {
  title: 'Chat',
  placeholder: 'Nachricht schreiben …',
  send: 'Senden',
  stop: 'Anhalten',
  retry: 'Erneut versuchen',
  dismiss: 'Ausblenden',
  regenerate: 'Neu antworten',
  copy: 'Kopieren',
  copied: 'Kopiert',
  you: 'Sie',
  assistant: 'Assistent',
  thinking: 'Denkt nach …',
  reasoning: 'Gedankengang',
  typing: 'Der Assistent antwortet.',
  replyFinished: 'Assistent:',
  replyStopped: 'Angehalten',
  replyFailed: 'Nicht beendet',
  notSent: 'Nicht gesendet',
  queued: 'Wird noch gesendet',
  cancel: 'Zurückziehen',
  done: 'Erledigt',
  toDo: 'Offen',
  wrapLines: 'Zeilen umbrechen',
  image: 'Bild',
  showImage: 'Bild anzeigen',
  notes: 'Anmerkungen',
  note: ({ label }) => `Anmerkung ${label}`,
  noteBack: ({ label }) => `Zurück zu Anmerkung ${label} im Text`,
  toolRunning: ({ name }) => `${name} läuft …`,
  toolDone: ({ name }) => `${name} ausgeführt`,
  toolFailed: ({ name }) => `${name} fehlgeschlagen`,
  jumpToLatest: 'Zum neuesten Beitrag',
  unread: ({ count, locale }) => counted(count, { one: '# neue Antwort', other: '# neue Antworten' }, locale),
  loadOlder: 'Frühere Nachrichten anzeigen',
  loading: 'Wird geladen …',
  emptyTitle: 'Wie kann ich helfen?',
  emptyBody: 'Stellen Sie einfach eine Frage.',
  suggestions: 'Vorschläge',
  votes: 'Diese Antwort bewerten',
  upvote: 'Gute Antwort',
  downvote: 'Schlechte Antwort',
  voteThanks: 'Vielen Dank.',
  voteReason: 'Was war falsch?',
  voteFailed: 'Ihre Bewertung wurde nicht gespeichert. Versuchen Sie es noch einmal.',
  close: 'Schließen',
  conversations: 'Unterhaltungen',
  newConversation: 'Neue Unterhaltung',
  untitled: 'Unterhaltung ohne Titel',
  loadMore: 'Mehr anzeigen',
  noConversations: 'Noch keine Unterhaltungen.',
  noResults: 'Keine Treffer.',
  errorGeneric: 'Etwas ist schiefgegangen. Versuchen Sie es noch einmal.',
  errorNetwork: 'Keine Verbindung zum Server. Prüfen Sie Ihr Netz und versuchen Sie es dann noch einmal.',
  errorInterrupted:
    'Die Verbindung brach ab, bevor die Antwort vollständig war. Versuchen Sie es noch einmal, um fortzufahren.',
  errorTimeout: 'Der Server hat zu lange gebraucht. Versuchen Sie es noch einmal.',
  errorRateLimit: ({ seconds }) =>
    seconds === undefined
      ? 'Zu viele Nachrichten auf einmal. Warten Sie kurz und versuchen Sie es dann noch einmal.'
      : `Zu viele Nachrichten auf einmal. Versuchen Sie es ${later(seconds)} noch einmal.`,
  errorSession: 'Ihre Sitzung ist abgelaufen. Laden Sie die Seite neu, um sich wieder anzumelden.',
  errorNotFound: 'Diese Unterhaltung gibt es nicht mehr. Beginnen Sie eine neue.',
  errorTooLong: 'Diese Nachricht ist zu lang. Kürzen Sie sie und senden Sie sie dann noch einmal.',
  time,
}

export default de
