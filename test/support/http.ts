import { connect } from 'node:net'
import { serve } from '@hono/node-server'

/** A handler on a free port. */
export interface Port {
  url: string
  port: number
  close(): Promise<void>
}

/** Puts a `fetch` handler on a real port of this machine. */
export function listen(handler: { fetch(request: Request): Promise<Response> }): Promise<Port> {
  return new Promise((resolve) => {
    const server = serve({ fetch: (request) => handler.fetch(request), port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve({
        url: `http://127.0.0.1:${port}`,
        port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed())
            if ('closeAllConnections' in server) {
              server.closeAllConnections()
            }
          }),
      }),
    )
  })
}

/** Sends bytes as they are and gives everything that comes back until the line is closed or silent for `quietMs`. */
export function talk(port: number, bytes: string | Uint8Array, quietMs = 300): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    const done = () => {
      socket.destroy()
      resolve(Buffer.concat(chunks).toString())
    }
    socket.setTimeout(quietMs, done)
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', done)
    socket.on('close', done)
  })
}
