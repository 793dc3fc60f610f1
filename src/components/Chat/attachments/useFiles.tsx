'use client'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useBrowserLayoutEffect, useChatStore, useLatest, useComposerUploads } from '../../../hooks/index.ts'
import type { Upload } from '../../../hooks/index.ts'
import { fileWords } from '../../../internal/english/files.ts'
import { useConversationKit } from '../../../provider/index.ts'
import { useLocale, useStrings } from '../../useStrings.ts'
import { useComposerContext } from '../composer.ts'
import { useChatControls, useChatId } from '../context.ts'
import { CancelButton } from './CancelButton.tsx'
import { failureText, isFinal, refusalText } from './reason.ts'
import { refusals } from './rules.ts'
import type { AttachmentLimits } from './rules.ts'
import { sentFiles } from './sentFiles.ts'
import type { SentFile } from './sentFiles.ts'

/** A file that was chosen, and why it is not going to be sent. */
export interface ChosenFile {
  upload: Upload
  reason: string | undefined
  /** Whether it would be refused again: the message goes without it. */
  final: boolean
}

const facts = ({ name, data: { type, size } }: Upload) => ({ name, type, size })

const sentFile = ({ name, data, result }: Upload): SentFile => ({
  id: result?.id ?? '',
  stored: result?.name ?? '',
  name,
  type: data.type,
  size: data.size,
  data,
})

/**
 * The files of the next message. The server hears of them when the message is sent, and not before: a conversation cannot forget a
 * file that was announced to it. They are uploaded first, then the message is said; when one of them fails, nothing is said, and
 * what is written and what has arrived stays for the next try.
 */
export function useFiles(limits: AttachmentLimits) {
  const { composer, setFiles, disabled } = useComposerContext('Attachments')
  const { send, announcement, input } = useChatControls('Attachments')
  const { conversationId, createConversation } = useChatId('Attachments')
  const { store } = useConversationKit()
  const { uploads, ...list } = useComposerUploads(conversationId)
  const [sending, setSending] = useState(false)
  const words = useStrings(fileWords)
  const locale = useLocale()

  const refused = refusals(uploads.map(facts), limits)
  const files = uploads.map((upload, index): ChosenFile => {
    const refusal = refused[index]
    const { error } = upload
    const reason = refusal ? refusalText(refusal, limits, words, locale) : error ? failureText(error, words) : undefined
    return { upload, reason, final: refusal !== undefined || (error !== null && isFinal(error)) }
  })
  const wanted = files.filter(({ final }) => !final)

  /** The sending that is under way. It is given up when another conversation is shown, and by the reader. */
  const current = useRef<object>(null)
  const stop = () => {
    current.current = null
    setSending(false)
  }
  useLeaving(stop)

  const latest = useLatest({ composer, list })
  async function submit(text: string) {
    // It was taken out of the field, and stays there until the files have arrived.
    composer.setValue(text)
    const keys = wanted.map(({ upload }) => upload.key)
    const mine = {}
    current.current = mine
    setSending(true)
    const id = await createConversation!().catch(() => null)
    const ended = id === null ? [] : await list.start(keys, id)
    if (current.current !== mine) return
    stop()
    const failed = id === null ? words.errorGeneric : ended.find(({ error }) => error)?.error
    if (failed) announcement.set(typeof failed === 'string' ? failed : failureText(failed, words))
    if (id === null || !ended.every(({ status }) => status === 'done')) return
    latest.current.composer.setValue('')
    void send(text)
    const { queued, live } = store.getState()
    const key = queued[id]?.at(-1)?.row.key ?? live[id]?.user?.key
    const sent = sentFiles(store)
    if (key !== undefined) sent.set({ ...sent.get(), [key]: ended.map(sentFile) })
    for (const { upload } of files) latest.current.list.dismiss(upload.key)
  }

  function choose(chosen: readonly File[]) {
    const all = refusals([...uploads.map(facts), ...chosen], limits).slice(uploads.length)
    list.add(...chosen)
    const count = all.filter((refusal) => refusal === undefined).length
    const said = chosen.flatMap(({ name }, index) => {
      const refusal = all[index]
      return refusal ? [`${name}: ${refusalText(refusal, limits, words, locale)}.`] : []
    })
    announcement.set([...(count > 0 ? [words.attached({ count, locale })] : []), ...said].join(' '))
    // The next thing to do is to write; on a touch screen that would be a keyboard over half the page.
    if (!matchMedia('(pointer: coarse)').matches) input.current?.focus()
  }

  const any = wanted.length > 0 && createConversation !== null
  const cancelAll = () => {
    stop()
    for (const { upload } of files) list.cancel(upload.key)
  }
  const act = useLatest({ submit, choose, cancelAll })
  const { accept, maxFiles } = limits
  const hint = any && composer.isEmpty ? words.filesNeedText : undefined
  const told = useMemo(
    () => ({
      submit: (text: string) => void (any ? act.current.submit(text) : send(text)),
      choose: (chosen: readonly File[]) => act.current.choose(chosen),
      accept,
      multiple: maxFiles !== 1,
      instead: sending ? <CancelButton onClick={() => act.current.cancelAll()} /> : null,
      hint,
    }),
    [act, send, any, accept, maxFiles, sending, hint],
  )
  useEffect(() => setFiles(told), [setFiles, told])
  useEffect(() => () => setFiles(null), [setFiles])

  return { files, sending, list, input, choose: disabled || !createConversation ? null : choose }
}

/** Calls when another conversation is shown, or none any more. One that was created here is the one that was shown. */
function useLeaving(left: () => void) {
  const { threadId } = useChatId('Attachments')
  const created = useChatStore((state) => state.created)
  const before = useRef(threadId)
  const latest = useLatest(left)
  useBrowserLayoutEffect(() => {
    if (before.current !== threadId && created[before.current] !== threadId) latest.current()
    before.current = threadId
  }, [threadId, created, latest])
  useEffect(() => () => latest.current(), [latest])
}
