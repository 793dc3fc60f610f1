/** What a caller meets when a connection breaks: the same as from a real `fetch`. */
export class NetworkError extends TypeError {
  constructor(message = 'Failed to fetch') {
    super(message)
    this.name = 'TypeError'
  }
}
