import { describe, expect, it } from 'vitest'
import { parseEnv, UnsafeEnvironment } from './env.ts'

const SECRET = '0123456789abcdef0123456789abcdef'
const complete = {
  DATA_DIR: '/srv/cluster', DATABASE_URL: 'postgres://app:pw@127.0.0.1:5432/cluster',
  PAYLOAD_SECRET: SECRET, INTAKE_KEY: SECRET, PREVIEW_SECRET: SECRET, ACCOUNT_KEY: SECRET,
}
const refusalOf = (source: Record<string, string | undefined>): string => {
  try {
    parseEnv(source)
  } catch (error) {
    if (error instanceof UnsafeEnvironment) return error.message
    throw error
  }
  return ''
}

describe('the environment of the CMS', () => {
  it('fills in what follows from the rest', () => {
    expect(parseEnv({ ...complete, DELIVERY_PORT: '3101', PORTAL_PORT: '4421' })).toMatchObject({
      CLUSTER_MODE: 'production', HOST: '127.0.0.1', DELIVERY_URL: 'http://127.0.0.1:3101',
      PORTAL_ORIGIN: 'http://{slug}.localhost:4421', MEDIA_DIR: '/srv/cluster/media', PAGE_STORE_DIR: '/srv/cluster/pages',
      DATABASE_OWNER_URL: complete.DATABASE_URL, DELIVERY_DATABASE_URL: complete.DATABASE_URL,
    })
  })

  it('takes an empty value for none', () => {
    const env = parseEnv({ ...complete, MEILISEARCH_URL: '', CMS_PORT: '' })
    expect(env.MEILISEARCH_URL).toBeUndefined()
    expect(env.CMS_PORT).toBe(3000)
  })

  it('names every variable at fault, in one sentence', () => {
    const sentence = refusalOf({ ...complete, DATABASE_URL: undefined, DATA_DIR: '.data', CMS_PORT: '70000' })
    expect(sentence).toContain('DATABASE_URL 没有设置')
    expect(sentence).toContain('DATA_DIR 的值不可用')
    expect(sentence).toContain('CMS_PORT 的值不可用')
  })

  it.each(['short', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', ''])('refuses the guessable secret “%s” and does not repeat it', (weak) => {
    const sentence = refusalOf({ ...complete, PAYLOAD_SECRET: weak })
    expect(sentence).toContain('PAYLOAD_SECRET')
    if (weak) expect(sentence).not.toContain(weak)
  })

  it.each(['mysql://a:b@host/db', 'not an address'])('refuses “%s” as a database', (url) => {
    expect(refusalOf({ ...complete, DATABASE_URL: url })).toContain('DATABASE_URL')
  })
})
