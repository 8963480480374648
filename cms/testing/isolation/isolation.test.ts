import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkAccessFunctions } from './check-access-functions.ts'
import { checkDoors } from './check-doors.ts'
import { checkFields } from './check-fields.ts'
import { checkHttp } from './check-http.ts'
import { checkLocalApi } from './check-local-api.ts'
import { type Home, openHome } from './home.ts'
import type { Outcome } from './outcome.ts'

const LONG_MS = 300_000

let home: Home
beforeAll(async () => { home = await openHome() })
afterAll(() => home.offices.close())

describe('who may do what, where', () => {
  it.each<[string, (home: Home) => Promise<Outcome>, number]>([
    ['the access functions, every cell', checkAccessFunctions, 4000],
    ['the access functions of fields, every cell', checkFields, 2000],
    ['doors beside the operations', checkDoors, 500],
    ['the Local API with its rules on, every pair', checkLocalApi, 200],
    ['HTTP, every pair', checkHttp, 350],
  ])('is as the table says: %s', async (name, check, atLeast) => {
    const { cells, wrong } = await check(home)
    console.log(`isolation, ${name}: ${cells} cells, ${wrong.length} wrong`)
    expect(wrong).toEqual([])
    expect(cells).toBeGreaterThan(atLeast)
  }, LONG_MS)
})
