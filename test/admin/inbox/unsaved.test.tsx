import { act, waitFor, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { holdBack, openInbox, rowsAreReady, storedIn } from './support.tsx'

const thread = () => document.querySelector<HTMLElement>('.ck-inbox-thread')!
const panel = () => document.querySelector<HTMLElement>('.ck-inbox-panel')!
const section = (name: string) =>
  waitFor(() => {
    const found = [...panel().querySelectorAll('details')].find(
      (each) => each.querySelector('h3')?.textContent === name,
    )
    return found ?? expect.fail(`There is no ${name}.`)
  })
const field = async (of: string, name: string) =>
  await within(await section(of)).findByLabelText<HTMLInputElement>(name)
const button = (name: string) => within(panel()).queryByText(name)
const message = async (text: string) => (await within(thread()).findByText(text)).closest('article')!
const editor = () => thread().querySelector<HTMLTextAreaElement>('.ck-editor-input')
const row = (name: string) =>
  [...document.querySelectorAll<HTMLElement>('.ck-conversation')].find((each) => each.textContent.startsWith(name))!

/** An admin with two conversations, who goes from one to the other. */
async function begin() {
  const kit = openInbox({ defaultValue: 'c1' })
  const { user } = kit
  await rowsAreReady()
  const open = async (name: string) => {
    await user.click(row(name))
    await waitFor(() => expect(document.querySelector('.ck-thread .ck-title')?.textContent).toBe(name))
  }
  const leaveAndComeBack = async () => {
    await open('Refund')
    await waitFor(async () => expect((await field('Details', 'Name')).value).toBe('Refund'))
    await open('Order 1043')
  }
  return { ...kit, open, leaveAndComeBack }
}

describe('what an admin has written and not saved', () => {
  test('of the details, the meta and the contact is there again when she is back, and nobody else’s', async () => {
    const { user, client, queryClient, leaveAndComeBack } = await begin()
    await act(() => client.upsertContact('c1', { email: 'ada@example.org' }))
    await act(() => queryClient.refetchQueries())
    await waitFor(async () => expect((await field('Contact', 'Email')).value).toBe('ada@example.org'))
    await user.type(await field('Details', 'Name'), ' b')
    await user.type(await field('Details', 'Description'), ', really')
    await user.type(await field('Meta', 'Value team'), ' and more')
    await user.type(await field('Contact', 'Phone'), '12')
    await leaveAndComeBack()
    expect((await field('Details', 'Name')).value).toBe('Order 1043 b')
    expect((await field('Details', 'Description')).value).toBe('Where it is, really')
    expect((await field('Meta', 'Value team')).value).toBe('sales and more')
    expect((await field('Contact', 'Phone')).value).toBe('12')
    expect(await client.fetch('c1')).toMatchObject({ name: 'Order 1043', meta: { team: 'sales' } })
  })

  test('is nothing where she has taken it back by hand: what others write there meanwhile stays', async () => {
    const { user, client, queryClient, leaveAndComeBack } = await begin()
    await user.type(await field('Details', 'Name'), 'x{Backspace}')
    await leaveAndComeBack()
    await act(() => client.update('c1', { name: 'By a colleague' }))
    await act(() => queryClient.refetchQueries())
    await waitFor(async () => expect((await field('Details', 'Name')).value).toBe('By a colleague'))
    await user.type(await field('Details', 'Description'), '!{Enter}')
    await user.click(button('Save')!)
    await waitFor(async () => expect((await client.fetch('c1')).description).toContain('!'))
    expect((await client.fetch('c1')).name).toBe('By a colleague')
  })

  test('of a contact that is being added is there again, and unfolded', async () => {
    const { user, leaveAndComeBack } = await begin()
    await user.click(await within(panel()).findByText('Add a contact'))
    await user.type(await field('Contact', 'Email'), 'ada@')
    await leaveAndComeBack()
    const email = await field('Contact', 'Email')
    expect(email.value).toBe('ada@')
    expect(email.closest('details')!.open).toBe(true)
    await user.type(email, 'example.org{Enter}')
    await waitFor(() => expect(button('Add a contact')).toBeNull())
    expect(button('Save')).toBeNull()
  })

  test('of a contact that is being added stays, where she is in it, while the conversation is read again', async () => {
    const { user, client } = openInbox({ defaultValue: 'c1', live: { interval: 20 } })
    await user.click(await within(await waitFor(panel)).findByText('Add a contact'))
    await user.type(await field('Contact', 'Email'), 'ada@')
    const email = await field('Contact', 'Email')
    await act(() => client.update('c1', { name: 'By a colleague' }))
    await waitFor(async () => expect((await field('Details', 'Name')).value).toBe('By a colleague'))
    expect(await field('Contact', 'Email')).toBe(email)
    expect(email.closest('details')!.open).toBe(true)
    expect(document.activeElement).toBe(email)
    await user.keyboard('example.org')
    expect(email.value).toBe('ada@example.org')
  })

  test('is left by Escape and by Discard, also after she was away', async () => {
    const { user, client, leaveAndComeBack } = await begin()
    await user.type(await field('Details', 'Name'), ' b')
    await user.type(await field('Meta', 'Value team'), ' b')
    await leaveAndComeBack()
    await user.click(await field('Details', 'Name'))
    await user.keyboard('{Escape}')
    expect((await field('Details', 'Name')).value).toBe('Order 1043')
    await user.click(button('Discard')!)
    expect((await field('Meta', 'Value team')).value).toBe('sales')
    await leaveAndComeBack()
    expect((await field('Details', 'Name')).value).toBe('Order 1043')
    expect((await field('Meta', 'Value team')).value).toBe('sales')
    expect(button('Discard')).toBeNull()
    expect(await client.fetch('c1')).toMatchObject({ name: 'Order 1043', meta: { team: 'sales' } })
  })

  test('is nothing any more once it is saved, and what others write then is shown', async () => {
    const { user, client, queryClient, leaveAndComeBack } = await begin()
    await user.type(await field('Details', 'Name'), ' b')
    await user.type(await field('Meta', 'Value team'), ' b')
    await leaveAndComeBack()
    await user.type(await field('Details', 'Name'), '{Enter}')
    await user.click(button('Save')!)
    await waitFor(async () =>
      expect(await client.fetch('c1')).toMatchObject({ name: 'Order 1043 b', meta: { team: 'sales b' } }),
    )
    await waitFor(() => expect(button('Save')).toBeNull())
    await act(() => client.update('c1', { name: 'By another', meta: { team: 'theirs' } }))
    await act(() => queryClient.refetchQueries())
    await waitFor(async () => expect((await field('Details', 'Name')).value).toBe('By another'))
    expect((await field('Meta', 'Value team')).value).toBe('theirs')
  })

  test('and is being saved while she goes away is nothing any more when she is back', async () => {
    const { user, client, server, queryClient, open } = await begin()
    const go = holdBack(server, /conversation\/c1\/update/)
    await user.type(await field('Details', 'Name'), ' b{Enter}')
    await user.type(await field('Meta', 'Value team'), ' b{Enter}')
    await open('Refund')
    await waitFor(async () => expect((await field('Details', 'Name')).value).toBe('Refund'))
    go()
    await waitFor(async () =>
      expect(await client.fetch('c1')).toMatchObject({ name: 'Order 1043 b', meta: { team: 'sales b' } }),
    )
    await act(() => client.update('c1', { name: 'By another', meta: { team: 'theirs' } }))
    await act(() => queryClient.refetchQueries())
    await open('By another')
    await waitFor(async () => expect((await field('Details', 'Name')).value).toBe('By another'))
    expect((await field('Meta', 'Value team')).value).toBe('theirs')
    expect(button('Save')).toBeNull()
  })

  test('is kept when it was typed while something else was on its way to the server', async () => {
    const { user, client, server } = await begin()
    const go = holdBack(server, /conversation\/c1\/update/)
    await user.type(await field('Details', 'Name'), ' b{Enter}c')
    await user.type(await field('Meta', 'Value team'), ' b{Enter}c')
    go()
    await waitFor(async () =>
      expect(await client.fetch('c1')).toMatchObject({ name: 'Order 1043 b', meta: { team: 'sales b' } }),
    )
    expect((await field('Details', 'Name')).value).toBe('Order 1043 bc')
    expect((await field('Meta', 'Value team')).value).toBe('sales bc')
    await user.type(await field('Details', 'Name'), '{Enter}')
    await user.type(await field('Meta', 'Value team'), '{Enter}')
    await waitFor(async () =>
      expect(await client.fetch('c1')).toMatchObject({ name: 'Order 1043 bc', meta: { team: 'sales bc' } }),
    )
    await waitFor(() => expect(button('Save')).toBeNull())
  })
})

describe('a message that an admin was changing', () => {
  const change = async (user: Awaited<ReturnType<typeof begin>>['user'], words: string) => {
    const answer = await message('It is on its way.')
    await user.click(answer.querySelector('[data-inbox="edit"]')!)
    await user.type(editor()!, words)
  }

  test('is open again with her words when she is back, and takes the focus from nobody', async () => {
    const { user, client, leaveAndComeBack } = await begin()
    await change(user, ' Soon.')
    await leaveAndComeBack()
    await waitFor(() => expect(editor()?.value).toBe('It is on its way. Soon.'))
    expect(document.activeElement).toBe(row('Order 1043'))
    await user.type(editor()!, '{Escape}')
    expect(editor()).toBeNull()
    await leaveAndComeBack()
    await message('It is on its way.')
    expect(editor()).toBeNull()
    expect(await storedIn({ client }, 'c1')).toContain('bot: It is on its way.')
  })

  test('is stored by Save, also while she is away, and then it is closed', async () => {
    const { user, client, server, open } = await begin()
    const go = holdBack(server, /message\/m2\/update/)
    await change(user, ' Soon.{Control>}{Enter}{/Control}')
    await open('Refund')
    await message('I want my money back.')
    go()
    await waitFor(async () => expect(await storedIn({ client }, 'c1')).toContain('bot: It is on its way. Soon.'))
    await open('Order 1043')
    await message('It is on its way. Soon.')
    expect(editor()).toBeNull()
  })

  test('keeps what is typed while it is being stored, and leaves her where she is by then', async () => {
    const { user, client, server } = await begin()
    const go = holdBack(server, /message\/m2\/update/)
    await change(user, ' Soon.{Control>}{Enter}{/Control} Or later.')
    const name = await field('Details', 'Name')
    await user.click(name)
    go()
    await waitFor(async () => expect(await storedIn({ client }, 'c1')).toContain('bot: It is on its way. Soon.'))
    expect(editor()?.value).toBe('It is on its way. Soon. Or later.')
    const goOn = holdBack(server, /message\/m2\/update/)
    await user.type(editor()!, '{Control>}{Enter}{/Control}')
    await user.click(name)
    goOn()
    await waitFor(() => expect(editor()).toBeNull())
    expect(document.activeElement).toBe(name)
    expect(await storedIn({ client }, 'c1')).toContain('bot: It is on its way. Soon. Or later.')
  })
})
