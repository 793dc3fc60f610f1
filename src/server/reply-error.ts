/** A failure whose message and code may be shown to the reader. Any other error in a reply becomes `Something went wrong`. */
export class ReplyError extends Error {
  override readonly name = 'ReplyError'
  readonly code: string

  constructor(message: string, code = 'GENERIC_ERROR', options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
