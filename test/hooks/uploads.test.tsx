import { act, renderHook, waitFor } from '@testing-library/react'
import { StrictMode } from 'react'
import { describe, expect, test, vi } from 'vitest'
import { useAttachments, useUploadAttachment } from 'conversation-kit'
import type { Upload } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { ConversationClient } from 'conversation-kit/transport'
import type { UploadOptions } from 'conversation-kit/transport'
import { count, deferred } from './support.ts'

const LONG = { timeout: 10_000 }
const file = (name: string, text = 'bytes') => new File([text], name, { type: 'text/plain' })

/** A kit whose uploads the test lets through one by one, by the file's name, as a browser tells of them. */
function setup() {
  const onError = vi.fn<(...values: unknown[]) => void>()
  const kit = createTestKit({ conversations: [{ id: 'c1' }, { id: 'c2' }], onError })
  const gates = new Map<string, ReturnType<typeof deferred<void>>>()
  const progress = new Map<string, (loaded: number, total: number) => void>()
  const attachment = kit.client.attachment
  const send = attachment.upload.bind(attachment)
  attachment.upload = async (id, request, options: UploadOptions = {}) => {
    const name = 'data' in request ? ((request.data as File).name ?? request.name) : ''
    progress.set(name, (loaded, total) => options.onProgress?.({ loaded, total }))
    await gates.get(name)?.promise
    return send(id, request, options)
  }
  const hook = renderHook(({ id }: { id: string }) => ({ files: useUploadAttachment(id), list: useAttachments(id) }), {
    wrapper: kit.wrapper,
    initialProps: { id: 'c1' },
  })
  const uploads = () => hook.result.current.files.uploads
  const states = () => uploads().map(({ name, status }) => `${name} ${status}`)
  /** Lets a file wait before its bytes are sent. */
  const holdFile = (name: string) => {
    const gate = deferred()
    gates.set(name, gate)
    return gate
  }
  return { ...kit, ...hook, onError, uploads, states, holdFile, progress }
}

describe('uploading a file', () => {
  test('shows how far it is, what came of it, and the attachment', async () => {
    const { result, uploads, holdFile, progress, client } = setup()
    await waitFor(() => expect(result.current.list.data).toEqual([]), LONG)
    const gate = holdFile('a.txt')
    act(() => result.current.files.upload(file('a.txt')))
    expect(uploads()).toMatchObject([{ name: 'a.txt', status: 'uploading', progress: 0, error: null, result: null }])
    await waitFor(() => expect(progress.has('a.txt')).toBe(true), LONG)
    act(() => progress.get('a.txt')!(1, 4))
    expect(uploads()[0]!.progress).toBe(0.25)
    gate.resolve()
    await waitFor(() => expect(uploads()).toMatchObject([{ status: 'done', progress: 1, error: null }]), LONG)
    const { id, name } = uploads()[0]!.result!
    await waitFor(() => expect(result.current.list.data).toMatchObject([{ id, type: 'text/plain', size: 5 }]), LONG)
    expect(await (await client.attachment.download('c1', name!)).text()).toBe('bytes')
  })

  test('of no bytes is done like any other', async () => {
    const { result, uploads } = setup()
    act(() => result.current.files.upload(file('empty.txt', '')))
    await waitFor(() => expect(uploads()).toMatchObject([{ status: 'done', progress: 1 }]), LONG)
  })

  test('several at once go each their own way', async () => {
    const { result, states, holdFile, uploads, server } = setup()
    const gates = ['a', 'b', 'c'].map(holdFile)
    act(() => result.current.files.upload(file('a'), file('b'), { data: 'text', name: 'c', type: 'text/plain' }))
    expect(states()).toEqual(['a uploading', 'b uploading', 'c uploading'])
    expect(new Set(uploads().map(({ key }) => key)).size).toBe(3)
    gates[1]!.resolve()
    await waitFor(() => expect(states()).toEqual(['a uploading', 'b done', 'c uploading']), LONG)
    server.fail('attachment.upload', { status: 403 })
    gates[2]!.resolve()
    await waitFor(() => expect(states()).toEqual(['a uploading', 'b done', 'c failed']), LONG)
    gates[0]!.resolve()
    await waitFor(() => expect(states()).toEqual(['a done', 'b done', 'c failed']), LONG)
  })

  test('that is refused says why, and works when it is tried again', async () => {
    const { result, uploads, server, onError } = setup()
    server.fail('attachment.upload', { status: 429, code: 'LIMITS_REACHED', message: 'Too large' })
    act(() => result.current.files.upload(file('a')))
    await waitFor(() => expect(uploads()).toMatchObject([{ status: 'failed', error: { status: 429 } }]), LONG)
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.anything(), {
      operation: 'attachment.upload',
      conversationId: 'c1',
    })
    const [{ key }] = uploads() as [Upload]
    act(() => result.current.files.retry(key))
    expect(uploads()).toMatchObject([{ key, status: 'uploading', progress: 0, error: null }])
    await waitFor(() => expect(uploads()).toMatchObject([{ key, status: 'done' }]), LONG)
    expect(count(server, 'attachment.upload')).toBe(2)
  })

  test('is cancelled at once; what was begun is not sent, and it can be tried again', async () => {
    const { result, uploads, holdFile, progress, server, onError } = setup()
    const gate = holdFile('a')
    act(() => result.current.files.upload(file('a')))
    const [{ key }] = uploads() as [Upload]
    await waitFor(() => expect(progress.has('a')).toBe(true), LONG)
    const tell = progress.get('a')!
    act(() => result.current.files.cancel(key))
    expect(uploads()).toMatchObject([{ status: 'cancelled', error: null }])
    act(() => tell(1, 2))
    gate.resolve()
    await waitFor(() => expect(count(server, 'attachment.list')).toBe(2), LONG)
    expect(uploads()).toMatchObject([{ status: 'cancelled', progress: 0, error: null }])
    expect(count(server, 'attachment.upload')).toBe(0)
    expect(onError).not.toHaveBeenCalled()
    act(() => result.current.files.retry(key))
    // An earlier try has nothing to say any more.
    act(() => tell(1, 2))
    expect(uploads()[0]!.progress).toBe(0)
    await waitFor(() => expect(uploads()).toMatchObject([{ key, status: 'done' }]), LONG)
  })

  test('that is done or under way is not tried again', async () => {
    const { result, uploads, server, holdFile } = setup()
    const gate = holdFile('a')
    act(() => result.current.files.upload(file('a')))
    const [{ key }] = uploads() as [Upload]
    act(() => result.current.files.retry(key))
    gate.resolve()
    await waitFor(() => expect(uploads()[0]!.status).toBe('done'), LONG)
    act(() => {
      result.current.files.retry(key)
      result.current.files.cancel(key)
    })
    expect(uploads()[0]!.status).toBe('done')
    expect(count(server, 'attachment.upload')).toBe(1)
  })

  test('is taken off the list, and ends when it was under way', async () => {
    const { result, uploads, holdFile, server } = setup()
    const gate = holdFile('a')
    act(() => result.current.files.upload(file('a'), file('b')))
    await waitFor(() => expect(uploads()[1]!.status).toBe('done'), LONG)
    const keys = uploads().map(({ key }) => key)
    act(() => keys.forEach((key) => result.current.files.dismiss(key)))
    expect(uploads()).toEqual([])
    gate.resolve()
    await waitFor(() => expect(count(server, 'attachment.list')).toBeGreaterThan(2), LONG)
    expect(uploads()).toEqual([])
    expect(count(server, 'attachment.upload')).toBe(1)
  })

  test('goes on while another conversation is shown, and when the component has gone', async () => {
    const { result, rerender, unmount, states, holdFile, wrapper, server } = setup()
    const gate = holdFile('a')
    act(() => result.current.files.upload(file('a')))
    const { cancel } = result.current.files
    rerender({ id: 'c2' })
    expect(states()).toEqual([])
    rerender({ id: 'c1' })
    expect(states()).toEqual(['a uploading'])
    expect(result.current.files.cancel).toBeTypeOf('function')
    unmount()
    gate.resolve()
    await vi.waitUntil(() => count(server, 'attachment.upload') === 1, LONG)
    const back = renderHook(() => useUploadAttachment('c1'), { wrapper })
    await waitFor(() => expect(back.result.current.uploads).toMatchObject([{ name: 'a', status: 'done' }]), LONG)
    // What was held from before still works.
    act(() => cancel(back.result.current.uploads[0]!.key))
    expect(back.result.current.uploads[0]!.status).toBe('done')
  })

  test('begins once in StrictMode, and its functions stay the same', async () => {
    const { server, wrapper: Kit } = createTestKit({ conversations: [{ id: 'c1' }] })
    const { result, rerender } = renderHook(() => useUploadAttachment('c1'), {
      wrapper: ({ children }) => (
        <StrictMode>
          <Kit>{children}</Kit>
        </StrictMode>
      ),
    })
    const first = result.current
    rerender()
    expect(result.current).toBe(first)
    act(() => result.current.upload(file('a')))
    await waitFor(() => expect(result.current.uploads[0]!.status).toBe('done'), LONG)
    expect(count(server, 'attachment.upload')).toBe(1)
    expect(result.current.upload).toBe(first.upload)
  })

  test('without a network fails at once, and can be tried again', async () => {
    const { result, uploads, server } = setup()
    server.offline()
    act(() => result.current.files.upload(file('a')))
    await waitFor(() => expect(uploads()).toMatchObject([{ status: 'failed', error: { code: 'NETWORK' } }]), LONG)
    server.offline(false)
    act(() => result.current.files.retry(uploads()[0]!.key))
    await waitFor(() => expect(uploads()[0]!.status).toBe('done'), LONG)
  })
})

describe('a file that is only added', () => {
  test('is not told to the server before it is started, and then tells its end', async () => {
    const { result, states, server } = setup()
    act(() => result.current.files.add(file('a'), file('b')))
    expect(states()).toEqual(['a waiting', 'b waiting'])
    const [{ key }] = result.current.files.uploads as [Upload, Upload]
    const ended = await act(() => result.current.files.start([key]))
    expect(ended).toMatchObject([{ name: 'a', status: 'done', result: { id: expect.any(String) as string } }])
    expect(states()).toEqual(['a done', 'b waiting'])
    expect(count(server, 'attachment.upload')).toBe(1)
    act(() => result.current.files.dismiss(result.current.files.uploads[1]!.key))
    expect(states()).toEqual(['a done'])
    expect(await result.current.files.start([key])).toMatchObject([{ status: 'done' }])
    expect(count(server, 'attachment.upload')).toBe(1)
  })

  test('waits for those that somebody else has begun', async () => {
    const { result, holdFile } = setup()
    const gate = holdFile('a')
    act(() => result.current.files.upload(file('a')))
    const ended = result.current.files.start([result.current.files.uploads[0]!.key])
    gate.resolve()
    expect(await act(() => ended)).toMatchObject([{ status: 'done' }])
  })

  test('of no conversation yet goes along to the one that is made', async () => {
    const { server, wrapper } = createTestKit({ conversations: [{ id: 'c1' }] })
    const { result, rerender } = renderHook(({ id }: { id: string | null }) => useUploadAttachment(id), {
      wrapper,
      initialProps: { id: null as string | null },
    })
    act(() => result.current.add(file('a'), file('b')))
    const keys = result.current.uploads.map(({ key }) => key)
    await expect(result.current.start(keys)).rejects.toThrow('There is no conversation yet')
    expect(count(server, 'attachment.upload')).toBe(0)
    const ended = await act(() => result.current.start(keys.slice(0, 1), 'c1'))
    expect(ended).toMatchObject([{ name: 'a', status: 'done' }])
    expect(result.current.uploads).toEqual([])
    rerender({ id: 'c1' })
    expect(result.current.uploads.map(({ name, status }) => `${name} ${status}`)).toEqual(['a done', 'b waiting'])
  })
})

test('two providers with caches of their own see nothing of each other', async () => {
  const one = createTestKit({ conversations: [{ id: 'c1' }] })
  const two = createTestKit({ conversations: [{ id: 'c1' }] })
  const a = renderHook(() => useUploadAttachment('c1'), { wrapper: one.wrapper })
  const b = renderHook(() => useUploadAttachment('c1'), { wrapper: two.wrapper })
  // Two accounts in one cache are kept apart by their scope.
  const other = new ConversationClient({ baseUrl: 'http://house.test', scope: 'other' })
  const three = createTestKit({ queryClient: one.queryClient, client: other })
  const c = renderHook(() => useUploadAttachment('c1'), { wrapper: three.wrapper })
  act(() => a.result.current.upload(file('a')))
  await waitFor(() => expect(a.result.current.uploads[0]!.status).toBe('done'), LONG)
  expect(b.result.current.uploads).toEqual([])
  expect(c.result.current.uploads).toEqual([])
})
