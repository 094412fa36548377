// The six digits that an authenticator shows: RFC 6238 with SHA-1 and steps of 30 seconds.

import { createHmac } from 'node:crypto'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const STEP_IN_SECONDS = 30

export function decodeBase32(text) {
  const digits = text.toUpperCase().replace(/[\s=]/g, '')
  const bytes = []
  let bits = 0
  let value = 0
  for (const digit of digits) {
    const place = ALPHABET.indexOf(digit)
    if (place < 0) throw new Error('a one-time-code secret is base 32')
    value = ((value << 5) | place) & 0xfff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((value >> bits) & 0xff)
    }
  }
  return Buffer.from(bytes)
}

export function oneTimeCode(secret, now = Date.now()) {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 1000 / STEP_IN_SECONDS)))
  const digest = createHmac('sha1', decodeBase32(secret)).update(counter).digest()
  const offset = digest[digest.length - 1] & 0xf
  const number = digest.readUInt32BE(offset) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

// The start of the step after this one, since a code already used is refused.
export function nextStepAt(now = Date.now()) {
  const step = STEP_IN_SECONDS * 1000
  return (Math.floor(now / step) + 1) * step
}
