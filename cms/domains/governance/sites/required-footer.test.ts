import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openTestOffices, type TestOffices } from '../../../testing/offices.ts'

// A release whose footer needs a telephone: none of ours does yet.
vi.mock('@cluster/themes/manifests.ts', async (original) => {
  const { manifestOf } = await original<typeof import('@cluster/themes/manifests.ts')>()
  return { manifestOf: (release: string) => ({ ...manifestOf(release), footer: ['sponsor', 'phone'] }) }
})

let offices: TestOffices
beforeAll(async () => { offices = await openTestOffices() })
afterAll(() => offices.close())

it('a footer field that the release needs may be corrected, and not emptied', async () => {
  const id = offices.sites['suzhou-kunshan']
  const save = async (footer: Record<string, unknown>) => (await offices.as('siteAdmin')).patch(`/api/sites/${id}?depth=0`, { footer })
  // What was never there is the gates' affair; it keeps nobody from writing something else.
  expect((await save({ address: '前进西路 1 号' })).status).toBe(200)
  expect((await save({ phone: '0512-57000000' })).status).toBe(200)
  for (const phone of ['', null]) {
    const answer = await save({ phone })
    expect([answer.status, answer.body.errors?.[0]?.message]).toEqual([403, expect.stringMatching(/“联系电话”.*不能清空.*省级模板管理员/)])
  }
  expect((await save({ phone: '0512-57000001', address: '' })).status).toBe(200)
  const [row] = await offices.rows('select footer_phone as phone from sites where id = $1', [id])
  expect(row).toEqual({ phone: '0512-57000001' })
})
