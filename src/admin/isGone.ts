/** Whether an error says that what was asked for does not exist. Servers name that by several codes. */
export function isGone(error: object): boolean {
  const { status, code } = error as { status?: number; code?: string }
  return status === 404 || code === 'NOT_FOUND'
}
