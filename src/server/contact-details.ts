import { badRequest } from './api-error.ts'

/** What the names of unverified contacts are made under. */
const NAMESPACE = 'conversation-kit:contact'

export function parseEmail(text: string): string {
  const email = text.trim()
  if (!/^[^\s@"(),:;<>[\\\]]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/.test(email))
    throw badRequest('"email" must be a valid email')
  return email
}

/** E.164; a number without a country is one of the United States. */
export function parsePhone(text: string): string {
  const compact = text.replace(/[\s().\-/]/g, '').replace(/^00/, '+')
  const digits = compact.replace(/^\+/, '')
  if (/^\d+$/.test(digits)) {
    if (compact.startsWith('+') && digits.length >= 8 && digits.length <= 15) return `+${digits}`
    if (!compact.startsWith('+') && /^1?[2-9]\d{9}$/.test(digits)) return `+1${digits.slice(-10)}`
  }
  throw badRequest('"phone" must be a valid phone number')
}

/** A name-based UUID (version 5) of what is known of somebody. */
export async function contactFingerprint(details: {
  name?: string | null
  email?: string | null
  phone?: string | null
  nick?: string | null
}): Promise<string> {
  const known = [details.name, details.email, details.phone, details.nick]
    .filter((each) => typeof each === 'string' && each !== '')
    .toSorted((a, b) => (String(a) < String(b) ? -1 : 1))
    .join(';')
  const hash = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(`${NAMESPACE};${known}`))
  const bytes = new Uint8Array(hash).slice(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
