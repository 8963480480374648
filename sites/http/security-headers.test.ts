import { expect, it } from 'vitest'
import { announceTls, SECURITY_HEADERS } from './security-headers.ts'

it('TLS is asked of browsers only once it was announced, and for long', () => {
  expect(SECURITY_HEADERS).not.toHaveProperty('Strict-Transport-Security')
  announceTls()
  expect(SECURITY_HEADERS['Strict-Transport-Security']).toMatch(/^max-age=[3-9]\d{7}$/)
})

it('pages may load nothing but their own site’s, and nothing inline', () => {
  const policy = SECURITY_HEADERS['Content-Security-Policy'] ?? ''
  expect(policy).toMatch(/^default-src 'self';/)
  expect(policy).not.toMatch(/unsafe|data:|\*|http/)
})
