import { describe, expect, it } from 'vitest'
import { parseEnv, UnusableEnvironment } from './env.ts'

const given = { INTAKE_KEY: 'k'.repeat(32), PAGE_STORE_DIR: '/var/pages' }

describe('the environment of a portal', () => {
  it('needs a key and a folder, and has a default for the rest', () => {
    expect(parseEnv({ ...given, PORTAL_PORT: '4500', HOST: '' })).toMatchObject({
      PORTAL_PORT: 4500,
      OPERATOR_PORT: 4322,
      HOST: '127.0.0.1',
      PORTAL_ORIGIN: 'http://{slug}.localhost:4500',
      MAX_STALE_HOURS: 24,
    })
  })

  it('names what is missing or wrong, without repeating a value', () => {
    const parse = () =>
      parseEnv({ PAGE_STORE_DIR: '/var/pages', INTAKE_KEY: 'short', PORTAL_ORIGIN: 'http://example.cn' })
    expect(parse).toThrow(UnusableEnvironment)
    expect(parse).toThrow(/INTAKE_KEY 的值不可用.*PORTAL_ORIGIN 的值不可用/)
    expect(parse).not.toThrow(/short/)
  })
})
