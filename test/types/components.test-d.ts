import type { AttachmentLimits, ChatWindowProps } from 'conversation-kit'

// What a page keeps beside its chat can be given to it as it is.
const limits: AttachmentLimits = { accept: 'image/*,.pdf', maxSize: 1_000_000, maxFiles: 3 }
export const props: ChatWindowProps = { attachments: limits }

export const given = ({ attachments }: ChatWindowProps) => {
  if (typeof attachments === 'object') attachments satisfies AttachmentLimits
}
// @ts-expect-error -- a size is a number of bytes
export const wrong: AttachmentLimits = { maxSize: '1 MB' }
