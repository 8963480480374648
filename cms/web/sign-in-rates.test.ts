import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestOffices, type TestOffices } from '../testing/offices.ts'
import { TEST_PASSWORD } from '../testing/people.ts'

let offices: TestOffices
beforeAll(async () => {
  Object.assign(process.env, { SIGN_IN_RATE: '8/900', SIGN_IN_ACCOUNT_RATE: '4/900' })
  offices = await openTestOffices()
})
afterAll(async () => {
  delete process.env.SIGN_IN_RATE
  delete process.env.SIGN_IN_ACCOUNT_RATE
  await offices.close()
})

const signIn = (email: string, from: string, password = 'falsch') =>
  offices.anonymous.call('POST', '/api/users/login', { email, password }, { 'x-forwarded-for': from })
const unlock = () => offices.rows('update users set login_attempts = 0, lock_until = null')

it('whoever guesses at one account is asked to wait, from wherever, and not told whether there is one', async () => {
  for (const email of [offices.people.editor.email, 'nobody-here@test.example']) {
    const statuses: number[] = []
    for (let turn = 0; turn < 5; turn += 1) statuses.push((await signIn(email, `203.0.113.${turn}`)).status)
    expect(statuses).toEqual([401, 401, 401, 401, 429])
  }
  const [known, unknown] = [await signIn(offices.people.editor.email, '203.0.113.50'), await signIn('nobody-here@test.example', '203.0.113.51')]
  expect(known.body.errors?.[0]).toEqual({ code: 'too-many', message: expect.stringMatching(/^登录太频繁了，请等 \d+ 分钟再试。$/) })
  expect(unknown.text).toBe(known.text)
  await unlock()
})

it('whoever tries many accounts from one address is asked to wait, and others are not', async () => {
  const statuses: number[] = []
  for (let turn = 0; turn < 9; turn += 1) statuses.push((await signIn(`guess-${turn}@test.example`, '198.51.100.7')).status)
  expect(statuses.slice(-2)).toEqual([401, 429])
  expect((await signIn(offices.people.firstReviewer.email, '198.51.100.7', TEST_PASSWORD)).status).toBe(429)
  expect((await signIn(offices.people.firstReviewer.email, '198.51.100.8', TEST_PASSWORD)).status).toBe(200)
})

it('those who get in use nothing up, however many share an address', async () => {
  for (let turn = 0; turn < 10; turn += 1) expect((await signIn(offices.people.firstReviewer.email, '198.51.100.9', TEST_PASSWORD)).status).toBe(200)
})

it('counts stand in the database for all processes, and name nobody', async () => {
  const rows = await offices.rows<{ key: string; points: number }>('select key, points from cluster.rates')
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.map(({ key }) => key).join()).not.toMatch(/test\.example|203\.0|198\.51/)
})
