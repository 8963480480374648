import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLOSED_SERVER_FUNCTIONS, OPEN_SERVER_FUNCTIONS } from '../../admin/server-functions.ts'
import { ROOT } from '../../cli/folders.ts'
import { deliveryApp } from '../../delivery/read/app.ts'
import { CLOSED_DOORS, isClosed } from '../../rest/closed-doors.ts'
import { doorKeys } from '../../rest/find-door.ts'
import { isChinese } from '../../rest/house-form.ts'
import { openTestOffices, type TestOffices } from '../offices.ts'
import { COLLECTIONS, GLOBALS } from './collection-table.ts'
import { DOORS, NEXT_FILES, PUBLIC_DOORS } from './door-table.ts'

let offices: TestOffices
beforeAll(async () => { offices = await openTestOffices() })
afterAll(() => offices.close())

const ofAny = (key: string) => key.replace(/^(\w+ )\/[^/]+/, '$1/*')

describe('the tables leave nothing out', () => {
  it('of the collections and globals', async () => {
    const { collections, globals } = await offices.config
    expect(collections.map(({ slug }) => slug).sort()).toEqual(Object.keys(COLLECTIONS).sort())
    expect(globals.map(({ slug }) => slug).sort()).toEqual(Object.keys(GLOBALS).sort())
  })

  it('of the endpoints: each is open by a row or closed', async () => {
    const keys = doorKeys(await offices.config)
    expect(keys.filter((key) => !isClosed(key) && !(key in DOORS) && !(ofAny(key) in DOORS))).toEqual([])
    expect(Object.keys(DOORS).filter((row) => !keys.some((key) => key === row || ofAny(key) === row))).toEqual([])
    expect(CLOSED_DOORS.filter((row) => !keys.some((key) => key === row || ofAny(key) === row))).toEqual([])
    expect(Object.keys(DOORS).filter((row) => CLOSED_DOORS.includes(row))).toEqual([])
  })

  it('of what Next answers by file', () => {
    const files = globSync('**/{page,route,layout}.{ts,tsx}', { cwd: join(ROOT, 'cms', 'app') }).filter((file) => file !== 'layout.tsx')
    expect(files.sort()).toEqual(Object.keys(NEXT_FILES).sort())
  })

  it('of the server functions: they are in one file, and each of the framework’s is open by name or closed', () => {
    const sources = globSync('**/*.{ts,tsx}', { cwd: join(ROOT, 'cms'), exclude: (name) => ['node_modules', '.next'].includes(name) })
    const files = sources.filter((file) => /^\s*['"]use server['"]/m.test(readFileSync(join(ROOT, 'cms', file), 'utf8')))
    expect(files).toEqual(['app/(payload)/layout.tsx'])
    const layouts = createRequire(import.meta.url).resolve('@payloadcms/next/layouts')
    const registry = readFileSync(join(dirname(layouts), '..', 'utilities', 'handleServerFunctions.js'), 'utf8')
    const listed = /const baseServerFunctions = \{([^}]*)\}/.exec(registry)?.[1] ?? ''
    const names = [...listed.matchAll(/^\s*'?([\w-]+)'?:/gm)].map((match) => match[1]!)
    expect(names.length).toBeGreaterThan(5)
    expect(names.sort()).toEqual([...OPEN_SERVER_FUNCTIONS, ...CLOSED_SERVER_FUNCTIONS].sort())
  })

  it('of the public read side', () => {
    const { routes } = deliveryApp({} as Parameters<typeof deliveryApp>[0])
    expect([...new Set(routes.filter(({ path }) => !path.endsWith('*')).map(({ path }) => path))].sort()).toEqual([...PUBLIC_DOORS].sort())
    expect(routes.filter(({ method }) => method !== 'GET' && method !== 'ALL')).toEqual([])
  })
})

describe('what is closed', () => {
  it('answers everybody as if it were not there, in Chinese', async () => {
    const clients = [offices.anonymous, await offices.as('editor'), await offices.as('provinceAdmin'), await offices.as('securityAdmin')]
    for (const key of doorKeys(await offices.config).filter(isClosed)) {
      const [method, path] = key.split(' ') as [string, string]
      for (const client of clients) {
        const answer = await client.call(method.toUpperCase(), `/api${path.replace(/:\w+\??/g, '1')}`, method === 'get' ? undefined : {})
        expect([answer.status, answer.body.errors?.[0]?.code], key).toEqual([404, 'not-found'])
        expect(isChinese(answer.body.errors?.[0]?.message), key).toBe(true)
      }
    }
  })

  it('and so does what is not there at all', async () => {
    const editor = await offices.as('editor')
    for (const path of ['/api', '/api/', '/api/nothing', '/api/og', '/api/graphql', '/api/globals/x', '/api/payload-migrations', '/api/payload-jobs/run',
      '/api/payload-locked-documents', '/api/users/1/api-key/reveal', '/api/articles/1/nothing', '/api/articles/%00', '/api/articles/%zz', '/api//articles']) {
      const answer = await editor.get(path)
      expect([answer.status, answer.body.errors?.length], path).toEqual([404, 1])
      expect(isChinese(answer.body.errors?.[0]?.message), path).toBe(true)
    }
  })
})
