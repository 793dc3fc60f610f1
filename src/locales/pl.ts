import { language } from './language.ts'
import type { Translation } from './language.ts'

const { counted, later, time } = language('pl')

/** Polish, in the second person that products use. */
const pl: Translation = {
  title: 'Czat',
  placeholder: 'Napisz wiadomość…',
  send: 'Wyślij',
  stop: 'Zatrzymaj',
  retry: 'Spróbuj ponownie',
  dismiss: 'Zamknij',
  regenerate: 'Odpowiedz ponownie',
  copy: 'Kopiuj',
  copied: 'Skopiowano',
  you: 'Ty',
  assistant: 'Asystent',
  thinking: 'Myślę…',
  reasoning: 'Tok rozumowania',
  typing: 'Asystent odpowiada.',
  replyFinished: 'Asystent:',
  replyStopped: 'Zatrzymano',
  replyFailed: 'Nie dokończono',
  notSent: 'Nie wysłano',
  queued: 'Czeka na wysłanie',
  cancel: 'Wycofaj',
  done: 'Zrobione',
  toDo: 'Do zrobienia',
  wrapLines: 'Zawijaj wiersze',
  image: 'Obraz',
  showImage: 'Pokaż obraz',
  notes: 'Przypisy',
  note: ({ label }) => `Przypis ${label}`,
  noteBack: ({ label }) => `Wróć do przypisu ${label} w tekście`,
  toolRunning: ({ name }) => `Trwa: ${name}…`,
  toolDone: ({ name }) => `Wykonano: ${name}`,
  toolFailed: ({ name }) => `Nie udało się: ${name}`,
  jumpToLatest: 'Przejdź do najnowszych',
  unread: ({ count, locale }) =>
    counted(
      count,
      { one: '# nowa odpowiedź', few: '# nowe odpowiedzi', many: '# nowych odpowiedzi', other: '# nowej odpowiedzi' },
      locale,
    ),
  loadOlder: 'Pokaż wcześniejsze wiadomości',
  loading: 'Ładowanie…',
  emptyTitle: 'W czym mogę pomóc?',
  emptyBody: 'Zadaj pytanie, aby zacząć.',
  suggestions: 'Propozycje',
  votes: 'Oceń tę odpowiedź',
  upvote: 'Dobra odpowiedź',
  downvote: 'Zła odpowiedź',
  voteThanks: 'Dziękujemy.',
  voteReason: 'Co było nie tak?',
  voteFailed: 'Nie zapisano oceny. Spróbuj ponownie.',
  close: 'Zamknij',
  conversations: 'Rozmowy',
  newConversation: 'Nowa rozmowa',
  untitled: 'Rozmowa bez tytułu',
  loadMore: 'Pokaż więcej',
  noConversations: 'Nie ma jeszcze rozmów.',
  noResults: 'Brak wyników.',
  errorGeneric: 'Coś poszło nie tak. Spróbuj ponownie.',
  errorNetwork: 'Brak połączenia z serwerem. Sprawdź sieć i spróbuj ponownie.',
  errorInterrupted: 'Połączenie zostało przerwane przed końcem odpowiedzi. Spróbuj ponownie, aby kontynuować.',
  errorTimeout: 'Serwer nie odpowiedział na czas. Spróbuj ponownie.',
  errorRateLimit: ({ seconds }) =>
    seconds === undefined
      ? 'Zbyt wiele wiadomości naraz. Odczekaj chwilę i spróbuj ponownie.'
      : `Zbyt wiele wiadomości naraz. Spróbuj ponownie ${later(seconds)}.`,
  errorSession: 'Sesja wygasła. Odśwież stronę, aby zalogować się ponownie.',
  errorNotFound: 'Tej rozmowy już nie ma. Rozpocznij nową.',
  errorTooLong: 'Ta wiadomość jest za długa. Skróć ją i wyślij ponownie.',
  time,
}

export default pl
