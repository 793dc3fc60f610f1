import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import { useChat, useComposer } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { count } from './support.ts'

function setup(options: { draftKey?: string; submitKey?: 'mod+enter'; maxLength?: number } = {}) {
  const onSubmit = vi.fn<(text: string) => void>()
  const kit = createTestKit()
  function Composer() {
    const composer = useComposer({ ...options, onSubmit })
    return (
      <form {...composer.formProps} aria-label="Composer">
        <textarea aria-label="Message" {...composer.inputProps} />
        <button disabled={composer.isEmpty}>Send</button>
      </form>
    )
  }
  const Kit = kit.wrapper
  const view = render(<Composer />, { wrapper: Kit })
  const input = () => screen.getByLabelText<HTMLTextAreaElement>('Message')
  return { ...kit, ...view, Composer, onSubmit, input, user: userEvent.setup() }
}

describe('the composer', () => {
  test('sends with Enter and is empty afterwards; Shift and Enter make a line', async () => {
    const { user, input, onSubmit } = setup()
    await user.type(input(), 'One{Shift>}{Enter}{/Shift}Two{Enter}')
    expect(onSubmit).toHaveBeenCalledExactlyOnceWith('One\nTwo')
    expect(input().value).toBe('')
  })

  test('sends with the button, and nothing that is only white space', async () => {
    const { user, input, onSubmit } = setup()
    await user.type(input(), '   {Enter}')
    expect(onSubmit).not.toHaveBeenCalled()
    expect(screen.getByRole<HTMLButtonElement>('button').disabled).toBe(true)
    await user.type(input(), 'x')
    await user.click(screen.getByRole('button'))
    expect(onSubmit).toHaveBeenCalledTimes(1)
  })

  test('can leave Enter for lines and send with the command key', async () => {
    const { user, input, onSubmit } = setup({ submitKey: 'mod+enter' })
    await user.type(input(), 'One{Enter}Two')
    expect(onSubmit).not.toHaveBeenCalled()
    await user.type(input(), '{Control>}{Enter}{/Control}')
    expect(onSubmit).toHaveBeenCalledExactlyOnceWith('One\nTwo')
  })

  test('leaves Enter to an input method that composes, in every browser', () => {
    const { input, onSubmit } = setup()
    fireEvent.change(input(), { target: { value: 'にほん' } })
    fireEvent.compositionStart(input())
    fireEvent.keyDown(input(), { key: 'Enter' })
    fireEvent.compositionEnd(input())
    // Safari tells of the key after the end of the composition.
    fireEvent.keyDown(input(), { key: 'Enter', keyCode: 229 })
    fireEvent.keyDown(input(), { key: 'Enter', isComposing: true })
    expect(onSubmit).not.toHaveBeenCalled()
    fireEvent.keyDown(input(), { key: 'Enter' })
    expect(onSubmit).toHaveBeenCalledTimes(1)
  })

  test('sends with the command key in any case', async () => {
    const { user, input, onSubmit } = setup()
    await user.type(input(), 'One{Meta>}{Enter}{/Meta}')
    expect(onSubmit).toHaveBeenCalledExactlyOnceWith('One')
  })

  test('sends nothing that is too long, and cuts nothing', () => {
    const { input, onSubmit } = setup({ maxLength: 3 })
    fireEvent.change(input(), { target: { value: '  four ' } })
    fireEvent.submit(screen.getByRole('form'))
    expect(onSubmit).not.toHaveBeenCalled()
    expect(input().value).toBe('  four ')
    // White space around it is not sent, and does not count.
    fireEvent.change(input(), { target: { value: '  two ' } })
    fireEvent.submit(screen.getByRole('form'))
    expect(onSubmit).toHaveBeenCalledTimes(1)
  })

  test('submitted twice in one tick sends once', () => {
    const { input, onSubmit } = setup()
    fireEvent.change(input(), { target: { value: 'Hi' } })
    const form = screen.getByRole('form')
    fireEvent.submit(form)
    fireEvent.submit(form)
    expect(onSubmit).toHaveBeenCalledTimes(1)
  })

  test('keeps a draft for each key, also while it is not shown', async () => {
    const { user, input, unmount, Composer, wrapper, store } = setup({ draftKey: 'c1' })
    await user.type(input(), 'Unfinished')
    unmount()
    expect(store.getState().drafts).toEqual({ c1: 'Unfinished' })
    render(<Composer />, { wrapper })
    expect(input().value).toBe('Unfinished')
    await user.type(input(), '{Enter}')
    expect(store.getState().drafts).toEqual({})
  })

  test('gives the words back when the assistant is still answering', async () => {
    const { server, wrapper } = createTestKit({ conversations: [{ id: 'c1' }] })
    function Chat() {
      const chat = useChat({ conversationId: 'c1', whileBusy: 'refuse' })
      const composer = useComposer({ onSubmit: chat.sendMessage })
      return (
        <form {...composer.formProps}>
          <textarea aria-label="Message" {...composer.inputProps} />
          <p>{chat.status}</p>
        </form>
      )
    }
    const user = userEvent.setup()
    render(<Chat />, { wrapper })
    const reply = server.holdReply()
    const input = screen.getByLabelText<HTMLTextAreaElement>('Message')
    await user.type(input, 'One{Enter}')
    await reply.token('Wait')
    await user.type(input, 'Two{Enter}')
    await waitFor(() => expect(input.value).toBe('Two'))
    expect(count(server, 'conversation.complete')).toBe(1)
    await reply.end()
    await waitFor(() => expect(screen.getByText('ready')).toBeTruthy())
    await user.type(input, '{Enter}')
    await waitFor(() => expect(count(server, 'conversation.complete')).toBe(2))
  })
})
