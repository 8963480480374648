import { framedBy, PORTAL_HEADERS } from '@cluster/shared/http/security-headers'
import { expect, it } from 'vitest'
import { announceTls, SECURITY_HEADERS } from './security-headers.ts'

it('TLS is asked of browsers only once it was announced, and for long', () => {
  expect(SECURITY_HEADERS).not.toHaveProperty('Strict-Transport-Security')
  announceTls()
  expect(SECURITY_HEADERS['Strict-Transport-Security']).toMatch(/^max-age=[3-9]\d{7}$/)
})

it('a page is shown in no frame, but for the live preview, which the admin’s origin alone may show', () => {
  expect(SECURITY_HEADERS['Content-Security-Policy']).toContain("frame-ancestors 'none'")
  expect(SECURITY_HEADERS['X-Frame-Options']).toBe('DENY')
  const { 'Content-Security-Policy': policy = '', ...rest } = framedBy(PORTAL_HEADERS, ['https://admin.example.gov.cn'])
  expect(policy.split('; ')).toContain('frame-ancestors https://admin.example.gov.cn')
  expect(rest).not.toHaveProperty('X-Frame-Options')
  const { 'Content-Security-Policy': usual, 'X-Frame-Options': _, ...others } = PORTAL_HEADERS
  expect(rest).toEqual(others)
  expect(policy.replace(/frame-ancestors [^;]+/, '').replace("; img-src 'self' data:", '')).toBe(usual.replace(/frame-ancestors [^;]+/, ''))
})

it('pages may load nothing but their own site’s, and nothing inline', () => {
  const policy = SECURITY_HEADERS['Content-Security-Policy'] ?? ''
  expect(policy).toMatch(/^default-src 'self';/)
  expect(policy).not.toMatch(/unsafe|data:|\*|http/)
})
