'use client'
import { useEffect, useState, useSyncExternalStore } from 'react'
import {
  checkIcon,
  copyIcon,
  editIcon,
  later,
  part,
  renderPart,
  retryIcon,
  speakIcon,
  useCopy,
  whenIdle,
} from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { useStrings } from '../useStrings.ts'
import type { VoteButtonsProps } from '../VoteButtons/VoteButtons.tsx'
import { useChatControls, useChatId, useChatInfo } from './context.ts'
import type { ChatState } from './context.ts'
import { named } from './named.ts'
import { useFocusHeir } from './useFocusHeir.ts'
import { messageAttributes, useMessageContext, useToldMessage } from './ChatMessage.tsx'
import type { ChatMessageState } from './ChatMessage.tsx'

/** Every field is also a data attribute. */
export interface ChatCopyState {
  /** For two seconds after the text was copied. */
  copied: boolean
}

export interface ChatCopyProps extends PartProps<ChatCopyState, HTMLButtonElement> {}

/** Copies the text of the message as it was written. Renders a `<button>`. */
export const ChatCopy = part<HTMLButtonElement, ChatCopyProps>(function ChatCopy(props) {
  const { message } = useToldMessage('Copy')
  const { announcement } = useChatControls('Copy')
  const words = useStrings()
  const [copied, onClick] = useCopy(message.text, () => announcement.set(words.copied))
  if (!message.text) return null
  const label = copied ? words.copied : words.copy
  const own = {
    type: 'button',
    ...named(label, props.children),
    onClick,
    children: copied ? checkIcon : copyIcon,
  }
  return renderPart({ tag: 'button', name: 'copy', state: { copied }, own }, props)
})

export interface ChatRegenerateProps extends PartProps<ChatState, HTMLButtonElement> {}

/** Asks for another answer in place of the newest one. Renders a `<button>`, on the newest message of the assistant only. */
export const ChatRegenerate = part<HTMLButtonElement, ChatRegenerateProps>(function ChatRegenerate(props) {
  const { state } = useMessageContext('Regenerate')
  return state.last && state.role === 'assistant' ? <RegenerateButton {...props} /> : null
})

const RegenerateButton = part<HTMLButtonElement, ChatRegenerateProps>(function RegenerateButton(props) {
  const { regenerate } = useChatControls('Regenerate')
  const { status, phase } = useChatInfo('Regenerate')
  const label = useStrings().regenerate
  const own = { type: 'button', ...named(label, props.children), onClick: regenerate, children: retryIcon }
  const ref = useFocusHeir('input', props.ref)
  return renderPart({ tag: 'button', name: 'regenerate', state: { status, phase }, own }, { ...props, ref })
})

export interface ChatEditProps extends PartProps<ChatMessageState, HTMLButtonElement> {}

/**
 * Opens a message of one's own to say it otherwise; what was said after it goes, and it is answered again. Renders a `<button>`, on
 * stored messages of the user only.
 */
export const ChatEdit = part<HTMLButtonElement, ChatEditProps>(function ChatEdit(props) {
  const { message, state, editing, setEditing } = useToldMessage('Edit')
  const { conversationId, listed } = useChatId('Edit')
  const label = useStrings().edit
  if (state.role !== 'user' || state.status !== 'sent' || !message.id || !conversationId || !listed) return null
  const own = {
    type: 'button',
    ...named(label, props.children),
    'aria-pressed': editing,
    onClick: () => setEditing(!editing),
    children: editIcon,
  }
  return renderPart({ tag: 'button', name: 'edit', state, attributes: messageAttributes(state), own }, props)
})

/** Every field is also a data attribute. */
export interface ChatSpeakState {
  /** Whether the message is being read. */
  speaking: boolean
}

export interface ChatSpeakProps extends PartProps<ChatSpeakState, HTMLButtonElement> {}

const never = () => () => {}
const canSpeak = () => 'speechSynthesis' in globalThis

/**
 * Has the message read by the voice of the platform, one at a time. Renders a `<button>`, on messages of the assistant and where
 * there is such a voice.
 */
export const ChatSpeak = part<HTMLButtonElement, ChatSpeakProps>(function ChatSpeak(props) {
  const { message } = useToldMessage('Speak')
  const able = useSyncExternalStore(never, canSpeak, () => false)
  return able && message.role === 'assistant' && message.text ? <SpeakButton {...props} /> : null
})

const SpeakButton = part<HTMLButtonElement, ChatSpeakProps>(function SpeakButton(props) {
  const { message } = useToldMessage('Speak')
  const label = useStrings().readAloud
  const [speech, setSpeech] = useState<AbortController>()
  useEffect(() => () => speech?.abort(), [speech])
  const onClick = () => {
    if (speech) return setSpeech(undefined)
    const begun = new AbortController()
    setSpeech(begun)
    begun.signal.addEventListener('abort', () => setSpeech((now) => (now === begun ? undefined : now)))
    // Only who listens downloads what it takes.
    import('./speak.ts').then(({ speak }) => speak(message.text, begun)).catch(() => begun.abort())
    return undefined
  }
  const own = {
    type: 'button',
    ...named(label, props.children),
    'aria-pressed': speech !== undefined,
    onClick,
    children: speakIcon,
  }
  return renderPart({ tag: 'button', name: 'speak', state: { speaking: speech !== undefined }, own }, props)
})

/** Downloads what it takes to vote, once what is read is painted. */
export const loadVotes = async () => {
  await new Promise<void>(whenIdle)
  return await import('../VoteButtons/VoteButtons.tsx')
}

// Nobody votes before there is an answer. No place is kept: what a server has made is not to be made again.
const VoteButtons = later<VoteButtonsProps>(() => loadVotes().then((module) => module.VoteButtons))

export interface ChatVotesProps extends Omit<VoteButtonsProps, 'conversationId' | 'messageId'> {}

/** Votes for the message, on those of the assistant. Renders `VoteButtons`. */
export const ChatVotes = part<HTMLDivElement, ChatVotesProps>(function ChatVotes(props) {
  const { message } = useToldMessage('Votes')
  const { conversationId } = useChatId('Votes')
  if (message.role !== 'assistant' || !conversationId) return null
  return <VoteButtons {...props} conversationId={conversationId} messageId={message.id ?? message.key} />
})
