import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { holdBack, openInbox, storedIn } from './support.tsx'

const list = () => screen.getByRole('region', { name: 'List of conversations' })
const thread = () => screen.getByRole('region', { name: 'Conversation' })
const panel = () => screen.getByRole('complementary', { name: 'Details of the conversation' })
/** A row, once it is what it stays: what it can be chosen with is downloaded. */
const row = async (name: RegExp) => {
  await within(list()).findAllByRole('checkbox')
  return within(list()).findByRole('button', { name })
}

describe('an admin who opens a conversation', () => {
  test('reads it, and answers in the name of the assistant', async () => {
    const { user, client } = openInbox()
    await user.click(await row(/^Order 1043/))
    expect(await within(thread()).findByText('It is on its way.')).toBeDefined()
    await user.type(within(thread()).getByRole('textbox', { name: 'Answer' }), 'It arrives today.')
    await user.click(within(thread()).getByRole('button', { name: 'Send' }))
    expect(await within(thread()).findByText('It arrives today.')).toBeDefined()
    await waitFor(async () =>
      expect(await storedIn({ client }, 'c1')).toEqual([
        'user: Where is my parcel?',
        'bot: It is on its way.',
        'bot: It arrives today.',
      ]),
    )
  })

  test('adds a note, which is told apart from what was said and is not heard by the contact', async () => {
    const { user, client } = openInbox({ defaultValue: 'c1' })
    await user.click(await within(thread()).findByRole('radio', { name: 'Note' }))
    await user.type(within(thread()).getByRole('textbox', { name: 'Note' }), 'She has called twice.')
    await user.keyboard('{Control>}{Enter}{/Control}')
    const note = await within(thread()).findByRole('article', { name: 'Note' })
    expect(note.textContent).toContain('She has called twice.')
    expect(await storedIn({ client }, 'c1')).toContain('context: She has called twice.')
  })

  test('lets the assistant answer, without anything being said', async () => {
    const { user, server, client } = openInbox(
      { defaultValue: 'c2' },
      { reply: () => 'Your money is on its way back.' },
    )
    await within(thread()).findByText('I want my money back.')
    await user.click(within(thread()).getByRole('button', { name: 'Let the assistant answer' }))
    expect(await within(thread()).findByText('Your money is on its way back.')).toBeDefined()
    expect(await storedIn({ client }, 'c2')).toEqual([
      'user: I want my money back.',
      'bot: Your money is on its way back.',
    ])
    expect(server.requests.filter(({ operation }) => operation === 'conversation.receive')).toHaveLength(1)
  })

  test('changes what was said, and deletes it on the second press', async () => {
    const { user, client } = openInbox({ defaultValue: 'c1' })
    const answer = (await within(thread()).findByText('It is on its way.')).closest('article')!
    await user.click(within(answer).getByRole('button', { name: 'Edit message' }))
    const field = within(answer).getByRole('textbox', { name: 'Edit message' })
    await user.clear(field)
    await user.type(field, 'It is here.')
    await user.click(within(answer).getByRole('button', { name: 'Save' }))
    await waitFor(async () => expect(await storedIn({ client }, 'c1')).toContain('bot: It is here.'))
    const changed = (await within(thread()).findByText('It is here.')).closest('article')!
    await user.click(within(changed).getByRole('button', { name: 'Delete message' }))
    expect(await storedIn({ client }, 'c1')).toContain('bot: It is here.')
    await user.click(within(changed).getByRole('button', { name: 'Delete for good' }))
    await waitFor(async () => expect(await storedIn({ client }, 'c1')).toEqual(['user: Where is my parcel?']))
    expect(within(thread()).queryByText('It is here.')).toBeNull()
  })

  test('keeps what was written when it could not be stored, and can send it again', async () => {
    const { user, server, client } = openInbox({ defaultValue: 'c1' })
    await within(thread()).findByText('It is on its way.')
    server.fail('message.create', { status: 500, code: 'SERVER_ERROR', times: 1 })
    const field = within(thread()).getByRole<HTMLTextAreaElement>('textbox', { name: 'Answer' })
    await user.type(field, 'Soon.')
    await user.click(within(thread()).getByRole('button', { name: 'Send' }))
    expect((await within(thread()).findByRole('alert')).textContent).toContain('not stored')
    expect(field.value).toBe('Soon.')
    await user.click(within(thread()).getByRole('button', { name: 'Send' }))
    await waitFor(async () => expect(await storedIn({ client }, 'c1')).toContain('bot: Soon.'))
    expect(within(thread()).queryByRole('alert')).toBeNull()
    expect(field.value).toBe('')
  })

  test('is told when she is back that it could not be stored while she was elsewhere, and has her words', async () => {
    const { user, server, client } = openInbox({ defaultValue: 'c1' })
    const answer = () => within(thread()).getByRole<HTMLTextAreaElement>('textbox', { name: 'Answer' })
    await within(thread()).findByText('It is on its way.')
    const go = holdBack(server, /c1\/message\/create/)
    server.fail('message.create', { status: 500, code: 'SERVER_ERROR', times: 1 })
    await user.type(answer(), 'Soon.')
    await user.click(within(thread()).getByRole('button', { name: 'Send' }))
    expect(answer().value).toBe('')
    await user.click(await row(/^Refund/))
    await within(thread()).findByText('I want my money back.')
    go()
    await waitFor(() =>
      expect(server.requests.filter(({ operation }) => operation === 'message.create')).toHaveLength(1),
    )
    expect(within(thread()).queryByRole('alert')).toBeNull()
    expect(answer().value).toBe('')
    await user.click(await row(/^Order 1043/))
    expect((await within(thread()).findByRole('alert')).textContent).toContain('not stored')
    await waitFor(() => expect(answer().value).toBe('Soon.'))
    expect(await storedIn({ client }, 'c1')).toHaveLength(2)
    await user.click(within(thread()).getByRole('button', { name: 'Send' }))
    await waitFor(async () => expect(await storedIn({ client }, 'c1')).toContain('bot: Soon.'))
    expect(within(thread()).queryByRole('alert')).toBeNull()
  })

  test('has a draft for each conversation, and one for the note beside it', async () => {
    const { user } = openInbox({ defaultValue: 'c1' })
    await user.type(await within(thread()).findByRole('textbox', { name: 'Answer' }), 'half a sen')
    await user.click(within(thread()).getByRole('radio', { name: 'Note' }))
    expect(within(thread()).getByRole<HTMLTextAreaElement>('textbox', { name: 'Note' }).value).toBe('')
    await user.click(await row(/^Refund/))
    expect(within(thread()).getByRole<HTMLTextAreaElement>('textbox', { name: 'Answer' }).value).toBe('')
    await user.click(await row(/^Order 1043/))
    expect(within(thread()).getByRole<HTMLTextAreaElement>('textbox', { name: 'Answer' }).value).toBe('half a sen')
  })

  test('is told when it is not there any more', async () => {
    openInbox({ defaultValue: 'nowhere' })
    expect(await within(panel()).findByRole('alert')).toBeDefined()
    expect(within(thread()).getByRole('alert').textContent).toContain('not there any more')
  })
})

test('somebody who writes without having opened a conversation begins one', async () => {
  const { user, client } = openInbox()
  await row(/^Order 1043/)
  await user.type(within(thread()).getByRole('textbox', { name: 'Answer' }), 'Welcome!')
  await user.click(within(thread()).getByRole('button', { name: 'Send' }))
  expect(await within(thread()).findByRole('article', { name: 'Assistant' })).toBeDefined()
  const { items } = await act(() => client.list())
  expect(items).toHaveLength(4)
  expect(await storedIn({ client }, items[0]!.id)).toEqual(['bot: Welcome!'])
})

describe('the panel beside a conversation', () => {
  test('renames it, in the list too', async () => {
    const { user, client } = openInbox({ defaultValue: 'c1' })
    const name = (await within(panel()).findAllByRole('textbox', { name: 'Name' }))[0]!
    await user.clear(name)
    await user.type(name, 'Order 1044{Enter}')
    expect(await row(/^Order 1044/)).toBeDefined()
    await waitFor(async () => expect((await client.fetch('c1')).name).toBe('Order 1044'))
  })

  test('changes one value of the meta and leaves to others what they changed meanwhile', async () => {
    const { user, client } = openInbox({ defaultValue: 'c1' })
    const value = await within(panel()).findByRole<HTMLInputElement>('textbox', { name: 'Value team' })
    await user.clear(value)
    await user.type(value, 'billing')
    await act(() => client.update('c1', { meta: { team: 'sales', tries: 3, seen: true } }))
    await user.click(within(panel()).getByRole('button', { name: 'Save' }))
    await waitFor(async () => expect((await client.fetch('c1')).meta).toMatchObject({ team: 'billing' }))
  })

  test('refuses a key that is there twice, and says so', async () => {
    const { user, client } = openInbox({ defaultValue: 'c1' })
    await user.click(await within(panel()).findByRole('button', { name: 'Add meta' }))
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Key')
    await user.keyboard('team')
    await user.click(within(panel()).getByRole('button', { name: 'Save' }))
    expect((await within(panel()).findByRole('alert')).textContent).toBe('The key team is there twice.')
    expect((await client.fetch('c1')).meta).toEqual({ team: 'sales', tries: 2 })
    await user.keyboard('{Escape}')
    expect(within(panel()).queryByRole('button', { name: 'Save' })).toBeNull()
  })

  test('adds meta as the bulk dialog does: a word for a boolean is one, and a line with nothing in it is nothing', async () => {
    const { user, client } = openInbox({ defaultValue: 'c1' })
    await user.click(await within(panel()).findByRole('button', { name: 'Add meta' }))
    await user.keyboard('seen ')
    await user.tab()
    await user.keyboard('true')
    await user.click(within(panel()).getByRole('button', { name: 'Add meta' }))
    await user.click(within(panel()).getByRole('button', { name: 'Save' }))
    await waitFor(async () => expect((await client.fetch('c1')).meta).toEqual({ team: 'sales', tries: 2, seen: true }))
    await waitFor(() => expect(within(panel()).queryByRole('button', { name: 'Save' })).toBeNull())
    // What was written as a word is changed as one.
    await user.type(within(panel()).getByRole('textbox', { name: 'Value seen' }), '{Control>}a{/Control}twice{Enter}')
    await waitFor(async () => expect((await client.fetch('c1')).meta).toMatchObject({ seen: 'twice' }))
  })

  test('adds a contact where there is none, changes it, and shows what else they talked about', async () => {
    const { user, client } = openInbox({ defaultValue: 'c1' })
    await act(() => client.upsertContact('c2', { email: 'ada@example.org' }))
    await user.click(await within(panel()).findByText('Add a contact'))
    await user.type(within(panel()).getByRole('textbox', { name: 'Email' }), 'ada@example.org{Enter}')
    await waitFor(async () => expect((await client.fetch('c1')).contactId).toBeTruthy())
    const { contactId } = await client.fetch('c1')
    await within(panel()).findByText('Other conversations')
    const phone = await within(panel()).findByRole('textbox', { name: 'Phone' })
    await user.type(phone, '12345{Enter}')
    expect((await within(panel()).findByRole('alert')).textContent).toContain('"phone" must be a valid phone number')
    await user.clear(phone)
    await user.type(phone, '+49 30 1234567{Enter}')
    await waitFor(async () => expect((await client.contact.fetch(contactId!)).phone).toBe('+49301234567'))
    expect((await client.contact.fetch(contactId!)).email).toBe('ada@example.org')
    await user.click(await within(panel()).findByRole('button', { name: /^Refund/ }))
    expect(await within(thread()).findByText('I want my money back.')).toBeDefined()
  })
})

describe('by keyboard alone', () => {
  test('one goes from conversation to conversation, notes, and deletes with a way back', async () => {
    const { user, client } = openInbox()
    await row(/^Order 1043/)
    await user.keyboard('j')
    expect(await within(thread()).findByRole('heading', { name: 'Order 1043' })).toBeDefined()
    await user.keyboard('j')
    expect(await within(thread()).findByRole('heading', { name: 'Refund' })).toBeDefined()
    await user.keyboard('k')
    expect(await within(thread()).findByRole('heading', { name: 'Order 1043' })).toBeDefined()
    await user.keyboard('n')
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Note'))
    // While one types, letters are letters.
    await user.keyboard('just jk')
    expect((document.activeElement as HTMLTextAreaElement).value).toBe('just jk')
    ;(document.activeElement as HTMLElement).blur()
    await user.keyboard('#')
    await waitFor(() => expect(within(list()).queryByRole('button', { name: /^Order 1043/ })).toBeNull())
    expect(within(thread()).getByRole('heading', { name: 'Refund' })).toBeDefined()
    await user.keyboard('{Control>}z{/Control}')
    expect(await row(/^Order 1043/)).toBeDefined()
    expect((await client.fetch('c1')).name).toBe('Order 1043')
  })
})
