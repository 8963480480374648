import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openTestOffices, type TestOffices } from '../../../testing/offices.ts'

// Releases that take no letters, or no reports of errors: none of ours is one yet.
vi.mock('@cluster/themes/manifests.ts', async (original) => {
  const { manifestOf } = await original<typeof import('@cluster/themes/manifests.ts')>()
  const on: Record<string, string[]> = { 'silent-1': [], 'half-1': ['letters'] }
  return { manifestOf: (release: string) => ({ ...manifestOf(release), ...(on[release] ? { interaction: on[release] } : {}) }) }
})

let offices: TestOffices
beforeAll(async () => { offices = await openTestOffices() })
afterAll(() => offices.close())

it('a letter comes in only where the release of its site takes such letters, from the moment it runs', async () => {
  const send = (kind: string) => offices.anonymous.call('POST', '/api/intake/letters', {
    site: 'suzhou', kind, name: '张小三', contact: '13812345678', title: '咨询', text: '请问登记需要哪些材料？', mayPublish: true }, { 'x-intake-key': offices.database.env.INTAKE_KEY! })
  const run = (release: string) => offices.rows('update sites set release = $1 where slug = $2', [release, 'suzhou'])
  const count = async () => (await offices.rows<{ count: string }>('select count(*) from letters'))[0]!.count

  await run('silent-1')
  for (const kind of ['inquiry', 'error-report']) {
    const answer = await send(kind)
    expect([answer.status, answer.body.errors?.[0]?.code, answer.body.errors?.[0]?.message]).toEqual([422, 'module-off', expect.stringContaining('没有开通“网上留言”')])
  }
  await run('half-1')
  expect((await send('error-report')).body.errors?.[0]?.message).toContain('网站找错')
  expect(await count()).toBe('0')
  expect((await send('inquiry')).status).toBe(201)
  await run('standard-2')
  expect((await send('error-report')).status).toBe(201)
  expect(await count()).toBe('2')
})
