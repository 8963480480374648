import { afterAll, beforeAll, expect, it } from 'vitest'
import { judgePassword } from '@cluster/shared/people/password-policy'
import { JIANGSU_SITES } from '@cluster/shared/governance/site-tree'
import { enterEnvironment } from '../env.ts'
import { openTestPayload, type TestPayload } from '../testing/payload.ts'
import { restClient, signInOverRest } from '../testing/rest.ts'

let test: TestPayload
beforeAll(async () => {
  test = await openTestPayload()
  enterEnvironment({ CLUSTER_MODE: 'production' })
})
afterAll(() => test.close())

it('the first administrators of a production cluster change their password, then bind a second factor, before anything opens', async () => {
  const [{ default: config }, { setUpCluster }] = await Promise.all([import('../payload.config.ts'), import('./setup.ts')])
  const administrators = (['province-admin', 'security-admin', 'audit-admin'] as const).map((duty, index) => ({
    duty, name: ['许文远', '汪若琳', '孔令仪'][index]!, unit: '综合处', email: `${duty}@jiangsu.example` }))
  const opened = await setUpCluster({ payload: test.payload, sites: JIANGSU_SITES.slice(0, 2), administrators })
  expect(new Set(opened.map(({ password }) => password)).size).toBe(3)
  for (const { password } of opened) expect(judgePassword(password)).toEqual([])

  const { email, password } = opened[1]!
  const security = await signInOverRest(config, { email, password })
  expect((await security.get('/api/users')).body.errors?.[0]?.code).toBe('change-password')
  expect((await security.post('/api/account/password', { current: password, password: 'Quiet-9-Kettle-On-Moss' })).status).toBe(200)
  expect((await security.get('/api/users')).body.errors?.[0]?.code).toBe('enrol-second-factor')
  expect((await restClient(config).get('/api/users')).status).toBeGreaterThanOrEqual(401)
})
