import { describe, expect, it } from 'vitest'
import { openText, sealText } from './seal-text.ts'

const seal = { secret: '0123456789abcdef0123456789abcdef', purpose: 'second-factor', owner: '7' }

describe('a sealed text', () => {
  it('opens with its own key, and looks different each time', () => {
    const sealed = sealText('JBSWY3DPEHPK3PXP', seal)
    expect(openText(sealed, seal)).toBe('JBSWY3DPEHPK3PXP')
    expect(sealText('JBSWY3DPEHPK3PXP', seal)).not.toBe(sealed)
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('JBSWY3DP')
  })

  it('opens with no other key, for no other purpose or owner, and not when it was changed', () => {
    const sealed = sealText('JBSWY3DPEHPK3PXP', seal)
    expect(openText(sealed, { ...seal, secret: 'f'.repeat(32) })).toBeNull()
    expect(openText(sealed, { ...seal, purpose: 'preview' })).toBeNull()
    expect(openText(sealed, { ...seal, owner: '8' })).toBeNull()
    const bytes = Buffer.from(sealed, 'base64')
    bytes[bytes.length - 1]! ^= 1
    expect(openText(bytes.toString('base64'), seal)).toBeNull()
    expect(openText('', seal)).toBeNull()
  })
})
