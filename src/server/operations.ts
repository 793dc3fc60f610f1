/**
 * Every operation of the API: what it is called, its method and its path below the base path. `session` marks what a
 * session token may do; `wide` what it may also do with the option `sessionRights: 'wide'`.
 */
export const OPERATIONS = {
  'conversation.list': { method: 'GET', path: '/conversation/list' },
  'conversation.export': { method: 'GET', path: '/conversation/export' },
  'conversation.create': { method: 'POST', path: '/conversation/create' },
  'conversation.completeStateless': { method: 'POST', path: '/conversation/complete' },
  'conversation.dispatchStateless': { method: 'POST', path: '/conversation/dispatch' },
  'conversation.compactStateless': { method: 'POST', path: '/conversation/compact' },
  'conversation.fetch': { method: 'GET', path: '/conversation/:conversationId/fetch', session: 'wide' },
  'conversation.update': { method: 'POST', path: '/conversation/:conversationId/update' },
  'conversation.delete': { method: 'POST', path: '/conversation/:conversationId/delete' },
  'conversation.complete': { method: 'POST', path: '/conversation/:conversationId/complete', session: 'strict' },
  'conversation.send': { method: 'POST', path: '/conversation/:conversationId/send', session: 'strict' },
  'conversation.receive': { method: 'POST', path: '/conversation/:conversationId/receive', session: 'strict' },
  'conversation.initiate': { method: 'POST', path: '/conversation/:conversationId/initiate', session: 'strict' },
  'conversation.upvote': { method: 'POST', path: '/conversation/:conversationId/upvote' },
  'conversation.downvote': { method: 'POST', path: '/conversation/:conversationId/downvote' },
  'conversation.dispatch': { method: 'POST', path: '/conversation/:conversationId/dispatch' },
  'conversation.compact': { method: 'POST', path: '/conversation/:conversationId/compact' },
  'contact.upsert': { method: 'POST', path: '/conversation/:conversationId/contact/upsert', session: 'strict' },
  'session.create': { method: 'POST', path: '/conversation/:conversationId/session/create' },
  'usage.fetch': { method: 'GET', path: '/conversation/:conversationId/usage/fetch' },
  'message.list': { method: 'GET', path: '/conversation/:conversationId/message/list', session: 'wide' },
  'message.create': { method: 'POST', path: '/conversation/:conversationId/message/create', session: 'wide' },
  'message.createBatch': { method: 'POST', path: '/conversation/:conversationId/message/batch/create' },
  'message.fetch': { method: 'GET', path: '/conversation/:conversationId/message/:messageId/fetch', session: 'wide' },
  'message.update': { method: 'POST', path: '/conversation/:conversationId/message/:messageId/update' },
  'message.delete': { method: 'POST', path: '/conversation/:conversationId/message/:messageId/delete' },
  'message.upvote': {
    method: 'POST',
    path: '/conversation/:conversationId/message/:messageId/upvote',
    session: 'strict',
  },
  'message.downvote': {
    method: 'POST',
    path: '/conversation/:conversationId/message/:messageId/downvote',
    session: 'strict',
  },
  'message.synthesize': {
    method: 'POST',
    path: '/conversation/:conversationId/message/:messageId/synthesize',
    session: 'strict',
  },
  'attachment.list': { method: 'GET', path: '/conversation/:conversationId/attachment/list' },
  'attachment.upload': { method: 'POST', path: '/conversation/:conversationId/attachment/upload', session: 'strict' },
  'attachment.download': { method: 'GET', path: '/conversation/:conversationId/attachment/:name/download' },
  'contact.create': { method: 'POST', path: '/contact/create' },
  'contact.ensure': { method: 'POST', path: '/contact/ensure' },
  'contact.list': { method: 'GET', path: '/contact/list' },
  'contact.fetch': { method: 'GET', path: '/contact/:contactId/fetch' },
  'contact.update': { method: 'POST', path: '/contact/:contactId/update' },
  'contact.conversations': { method: 'GET', path: '/contact/:contactId/conversation/list' },
  'rating.list': { method: 'GET', path: '/contact/:contactId/rating/list' },
  'channel.subscribe': { method: 'POST', path: '/channel/:channelId/subscribe' },
  'channel.publish': { method: 'POST', path: '/channel/:channelId/publish', session: 'strict' },
} as const satisfies Record<string, { method: 'GET' | 'POST'; path: string; session?: 'strict' | 'wide' }>

/** The name of an operation of the API. */
export type Operation = keyof typeof OPERATIONS
